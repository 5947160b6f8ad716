/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * RosterRedirectPage:
 * @ROSTER_REDIRECT_PAGE_DONE: the answer arrived
 * @ROSTER_REDIRECT_PAGE_DENIED: the provider or the user said no
 * @ROSTER_REDIRECT_PAGE_WRONG: this is no answer to what Roster asked
 */
typedef enum
{
  ROSTER_REDIRECT_PAGE_DONE,
  ROSTER_REDIRECT_PAGE_DENIED,
  ROSTER_REDIRECT_PAGE_WRONG,
} RosterRedirectPage;

/**
 * roster_redirect_page_respond:
 *
 * Answers with what the browser shows: static, in the user's language, with nothing of the request
 * in it and nothing that would have to be loaded; kept by no cache, told to no other site. The
 * connection ends after it.
 */
void roster_redirect_page_respond (SoupServerMessage *message,
                                   guint status,
                                   RosterRedirectPage page);

G_END_DECLS
