/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "roster-connection-url.h"
#include "roster-loss.h"

G_BEGIN_DECLS

/**
 * RosterConnection:
 *
 * One connection to the server that never waits. On the thread of its main context; inside
 * postgres/ only.
 */
typedef struct _RosterConnection RosterConnection;

/**
 * RosterConnectionEvents:
 * @opened: it can be used
 * @answered: @answers: (element-type RosterAnswer): one for each call that was sent at once, in
 * order
 * @notified: the server told something that was listened for
 * @lost: it is closed; what was sent may have been done, or not
 *
 * What is told on the thread of the connection. Each may open, send and close.
 */
typedef struct
{
  void (*opened) (gpointer user_data);
  void (*answered) (GPtrArray *answers, gpointer user_data);
  void (*notified) (gpointer user_data);
  void (*lost) (RosterLoss loss, const GError *error, gpointer user_data);
} RosterConnectionEvents;

/** roster_connection_new: @url: outlives it. Returns: (transfer full): a closed connection. */
RosterConnection *roster_connection_new (const RosterConnectionUrl *url,
                                         GMainContext *context,
                                         const RosterConnectionEvents *events,
                                         gpointer user_data);
void roster_connection_free (RosterConnection *self);

/** roster_connection_open: a closed one; ends with "opened" or "lost", never before it returns. */
void roster_connection_open (RosterConnection *self);

/** roster_connection_is_open: Returns: whether it can be sent to, or is being answered. */
gboolean roster_connection_is_open (RosterConnection *self);

/**
 * roster_connection_send:
 * @calls: (element-type RosterCall): at least one; they outlive the answer
 *
 * Sends all of them at once over an open connection that nothing is sent over at the moment. Each
 * is a transaction of its own.
 */
void roster_connection_send (RosterConnection *self, GPtrArray *calls);

/**
 * roster_connection_close:
 *
 * At once, whatever is under way; tells nothing. The server notices within seconds and stops what
 * it does (roster.add_member() sees to that): libpq before 17 could ask it to only in the clear.
 */
void roster_connection_close (RosterConnection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterConnection, roster_connection_free)

G_END_DECLS
