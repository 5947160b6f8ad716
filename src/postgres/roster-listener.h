/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "roster-connection-url.h"

G_BEGIN_DECLS

/**
 * RosterListener:
 *
 * A direct connection over which the server tells that people changed. It never wakes a server up:
 * when the server goes to sleep it closes the connection, and somebody has to begin anew. On the
 * thread of its main context; inside postgres/ only.
 */
typedef struct _RosterListener RosterListener;

/**
 * roster_listener_new:
 * @url: outlives it
 * @changed: people may have changed: the server said so, or now begins to
 * @ended: the server closed the connection
 *
 * Returns: (transfer full): one that does not listen
 */
RosterListener *roster_listener_new (const RosterConnectionUrl *url,
                                     GMainContext *context,
                                     void (*changed) (gpointer user_data),
                                     void (*ended) (gpointer user_data),
                                     gpointer user_data);
void roster_listener_free (RosterListener *self);

/** roster_listener_begin: unless it listens. To be called when the server is known to be awake. */
void roster_listener_begin (RosterListener *self);

/** roster_listener_end: until it begins anew; tells nothing. */
void roster_listener_end (RosterListener *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterListener, roster_listener_free)

G_END_DECLS
