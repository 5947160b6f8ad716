/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of strangers, from wherever they say. */

#include "config.h"

#include "roster-picture-loader.h"

#include <string.h>

#include "auth-fixture.h"
#include "roster-endpoint.h"
#include "roster-error.h"
#include "roster-test.h"

static AuthFixture *fixture;

#define BYTES(text)                                                                                \
  {                                                                                                \
    text, sizeof text - 1                                                                          \
  }

static const struct
{
  const char *bytes;
  gsize n_bytes;
} SMALL[] = {
  BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x08\0\0\0\0\x01\x08\x06\0\0\0"),
  BYTES ("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0\0\x11\x08\x08\0\x08\0\3\1\x22\0"),
  BYTES ("RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\x07\0\xff\x07\0\0\0"),
  BYTES ("RIFF\x1a\0\0\0WEBPVP8L\x0a\0\0\0\x2f\xff\xc7\0\0\0\0\0\0\0\0\0"),
  BYTES ("RIFF\x1a\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a\0\x08\x01\0\0\0"),
},
  OTHERS[] = {
    BYTES (""),
    BYTES ("\x89PNG\r\n\x1a\n"),
    BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x08\1\0\0\0\x01\x08\x06\0\0\0"),
    BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\x01\x08\x06\0\0\0"),
    BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x06\0\0\0"),
    BYTES ("\xff\xd8\xff\xe0\0\0\xff\xe0\0\0\xff\xe0\0\0\xff\xe0\0\0\xff\xe0\0\0"),
    BYTES ("\xff\xd8\xff\xe0\xff\xffJFIF\0\1\1\0\0\1\0\1\0\0"),
    BYTES ("\xff\xd8\xff\xda\0\x0c\xff\xc0\0\x11\x08\0\x08\0\x08\3\1\x22\0"),
    BYTES ("\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\3\1\x22\0"),
    BYTES ("RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\0\0"),
    BYTES ("RIFF\x1a\0\0\0WEBPVP8L\x0a\0\0\0\x2f\xff\xff\xff\xff\0\0\0\0\0\0\0"),
    BYTES ("RIFF\x1a\0\0\0WEBPNONE\x0a\0\0\0\0\0\0\x9d\x01\x2a\0\x08\x01\0\0\0"),
    BYTES ("GIF89a\1\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
    BYTES ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>"),
  };

static void
test_formats (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (SMALL); i++)
    {
      g_test_message ("%u", i);
      g_assert_true (
          roster_picture_is_harmless ((const guint8 *) SMALL[i].bytes, SMALL[i].n_bytes));
    }
  for (guint i = 0; i < G_N_ELEMENTS (OTHERS); i++)
    {
      g_test_message ("%u", i);
      g_assert_false (
          roster_picture_is_harmless ((const guint8 *) OTHERS[i].bytes, OTHERS[i].n_bytes));
    }
  /* Cut anywhere, read nowhere else. */
  for (guint i = 0; i < G_N_ELEMENTS (SMALL); i++)
    for (gsize n_bytes = 0; n_bytes < SMALL[i].n_bytes; n_bytes++)
      {
        g_autofree guint8 *bytes = g_memdup2 (SMALL[i].bytes, n_bytes);

        roster_picture_is_harmless (bytes, n_bytes);
      }
}

static GBytes *
load (RosterPictureLoader *loader, const char *uri, GError **error)
{
  g_autoptr (GAsyncResult) ready = NULL;
  GAsyncResult *result = NULL;

  roster_picture_loader_load_async (loader, uri, NULL, roster_test_result_cb, &result);
  ready = roster_test_await (&result);
  return roster_picture_loader_load_finish (loader, ready, error);
}

static void
test_new (void)
{
  roster_test_finalize (roster_picture_loader_new ());
}

static void
test_where (void)
{
  g_autofree char *here = auth_fixture_make_uri (fixture, "/picture/picture");
  g_autofree char *https = g_strconcat ("https", here + strlen ("http"), NULL);
  const char *const uris[] = { here,
                               https,
                               "https://[::1]:1/",
                               "https://localhost:1/",
                               "http://8.8.8.8/",
                               "file:///etc/passwd",
                               "",
                               NULL };
  g_autoptr (RosterPictureLoader) loader = roster_picture_loader_new ();

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (load (loader, uris[i], &error));
      g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED);
    }
}

static gboolean
is_loopback (GInetAddress *address)
{
  return g_inet_address_get_is_loopback (address);
}

static void
test_load (void)
{
  static const char *const REFUSED[] = { "picture-html", "picture-huge", "picture-redirect",
                                         "picture-404",  "picture-svg",  "picture-bomb" };
  g_autoptr (RosterPictureLoader) loader =
      roster_picture_loader_new_with_http (roster_http_new_for_addresses (is_loopback));
  g_autofree char *uri = auth_fixture_make_uri (fixture, "/picture/picture");
  g_autofree char *count = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) bytes = load (loader, uri, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (bytes), ==, 29);
    }
  count = auth_fixture_get_page (fixture, "/picture/count");
  g_assert_cmpstr (count, ==, "{\"picture\": 1}");
  for (guint i = 0; i < G_N_ELEMENTS (REFUSED); i++)
    {
      g_autofree char *path = g_strconcat ("/", REFUSED[i], "/picture", NULL);
      g_autofree char *refused = auth_fixture_make_uri (fixture, path);

      g_test_message ("%s", REFUSED[i]);
      g_assert_null (load (loader, refused, &error));
      g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED);
      g_clear_error (&error);
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  fixture = auth_fixture_new ();

  g_test_add_func ("/picture-loader/new", test_new);
  g_test_add_func ("/picture-loader/formats", test_formats);
  g_test_add_func ("/picture-loader/where", test_where);
  g_test_add_func ("/picture-loader/load", test_load);

  status = g_test_run ();
  auth_fixture_free (fixture);
  return status;
}
