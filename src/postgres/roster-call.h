/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RosterCall:
 *
 * A statement of sql/queries/ with the values of its parameters, out of line and in binary. Made by
 * one of the functions of roster-calls.h; one owner at a time, any thread.
 */
typedef struct _RosterCall RosterCall;

void roster_call_free (RosterCall *call);

/**
 * RosterAnswer:
 *
 * What the server said to one call: rows, each value checked, or an error; the function of
 * roster-calls.h that belongs to the call says which. Immutable; any thread.
 *
 * Errors of every answer: ROSTER_ERROR_NEWER_VERSION (the server has no such function, or answers
 * with other columns), ROSTER_ERROR_CORRUPT (a value that Roster cannot read),
 * ROSTER_ERROR_READ_ONLY, ROSTER_ERROR_NO_SPACE, ROSTER_ERROR_FAILED.
 */
typedef struct _RosterAnswer RosterAnswer;

void roster_answer_free (RosterAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterCall, roster_call_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterAnswer, roster_answer_free)

G_END_DECLS
