/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RosterLetters:
 * @single: which bytes occur: a bit each for a to z, the digits of text, those of phones, the plus
 *   sign and international numbers; what letters beyond ASCII end with shares sixteen
 * @pairs: which two bytes occur one after the other; all pairs share 64 bits
 *
 * What occurs in some folded text, roughly: text that contains another has all of its bits. 16
 * bytes a person, so that few rows are read: for "mueller" 26 % of made-up people have the single
 * bits, 1 % those of the pairs as well, half of whom match; one letter needs no reading at all.
 */
typedef struct
{
  guint64 single;
  guint64 pairs;
} RosterLetters;

/** ROSTER_N_LETTERS: how many bits there are in all, those of @single first. */
#define ROSTER_N_LETTERS 128

/** roster_letters_add: adds what occurs in @text. */
void roster_letters_add (RosterLetters *self, const char *text, gsize length);

/** roster_letters_are_exact: Returns: whether text with the bits of @text is sure to contain it. */
gboolean roster_letters_are_exact (const char *text, gsize length);

G_END_DECLS
