/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-sign-in.h"

G_BEGIN_DECLS

/**
 * AuthFixture:
 * @origin: the provider's address, to which a fault is to be appended
 * @browser: follows redirects, as a browser does; its answers are forgotten
 *
 * The provider of provider.py in a process of its own.
 */
typedef struct _AuthFixture AuthFixture;

AuthFixture *auth_fixture_new (void);
void auth_fixture_free (AuthFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AuthFixture, auth_fixture_free)

/** auth_fixture_make_provider: Returns: (transfer full): the provider with @fault. */
RosterProvider *auth_fixture_make_provider (AuthFixture *self, const char *fault);

/** auth_fixture_browse: a RosterOpenUri; @user_data: an AuthFixture. */
void auth_fixture_browse (const char *uri, gpointer user_data);

/** auth_fixture_make_uri: Returns: (transfer full): the address of the provider's @path. */
char *auth_fixture_make_uri (AuthFixture *self, const char *path);

/** auth_fixture_get_page: Returns: (transfer full): what is at @path of the provider. */
char *auth_fixture_get_page (AuthFixture *self, const char *path);

/** auth_fixture_ask: sends @request as it is to this computer's @port, from another thread, and
 * iterates the main context meanwhile. Returns: (transfer full): all that came back. */
char *auth_fixture_ask (guint16 port, const char *request);

/** auth_fixture_is_open: whether somebody listens at @port. */
gboolean auth_fixture_is_open (guint16 port);

G_END_DECLS
