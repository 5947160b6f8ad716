/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One page of HTML with three texts. No state. */

#include "config.h"

#include "roster-redirect-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SHA256_BYTES 32

#define STYLE                                                                                      \
  "body{font:1.1em/1.5 system-ui,sans-serif;max-width:32em;margin:20vh auto 0;padding:0 1.5em;"    \
  "text-align:center}h1{font-size:1.5em}:root{color-scheme:light dark}"

static const struct
{
  const char *title;
  const char *body;
} TEXTS[] = {
  [ROSTER_REDIRECT_PAGE_DONE] = { N_ ("Go Back to Roster"),
                                  N_ ("Roster has the answer and is signing you in. You can close "
                                      "this page.") },
  [ROSTER_REDIRECT_PAGE_DENIED] = { N_ ("You Are Not Signed In"),
                                    N_ ("Signing in was refused. You can close this page and try "
                                        "again in Roster.") },
  [ROSTER_REDIRECT_PAGE_WRONG] = { N_ ("This Page Has Nothing to Show"),
                                   N_ ("It does not belong to a sign-in that Roster waits for. "
                                       "Close it and look into Roster.") },
};

/* The one style, by its hash, and nothing else. */
static char *
make_policy (void)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *hash = NULL;
  guint8 digest[SHA256_BYTES];
  gsize n_bytes = sizeof digest;

  g_checksum_update (checksum, (const guint8 *) STYLE, (gssize) strlen (STYLE));
  g_checksum_get_digest (checksum, digest, &n_bytes);
  hash = g_base64_encode (digest, n_bytes);
  return g_strdup_printf ("default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; "
                          "form-action 'none'; frame-ancestors 'none'",
                          hash);
}

static char *
make_html (RosterRedirectPage page)
{
  g_autofree char *title = g_markup_escape_text (_ (TEXTS[page].title), -1);
  g_autofree char *body = g_markup_escape_text (_ (TEXTS[page].body), -1);
  /* Translators: the code of your language (BCP 47), such as "de" or "pt-BR", for a web page. */
  g_autofree char *language = g_markup_escape_text (C_ ("language code", "en"), -1);

  return g_strdup_printf ("<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">"
                          "<meta name=\"viewport\" content=\"width=device-width\">"
                          "<title>%s</title><style>" STYLE "</style></head>"
                          "<body><h1 dir=\"auto\">%s</h1><p dir=\"auto\">%s</p></body></html>\n",
                          language, title, title, body);
}

void
roster_redirect_page_respond (SoupServerMessage *message, guint status, RosterRedirectPage page)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *policy = make_policy ();
  char *html = make_html (page);

  soup_message_headers_replace (headers, "Content-Security-Policy", policy);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Connection", "close");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_TAKE, html,
                                    strlen (html));
}
