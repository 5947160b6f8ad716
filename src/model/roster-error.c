/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one error domain. Any thread. */

#include "config.h"

#include "roster-error.h"

G_DEFINE_QUARK (RosterError, roster_error)
