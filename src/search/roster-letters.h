/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A set of 64 bits says which letters and digits occur in a folded row: one bit for each of a to z,
 * the ten digits of text, the ten of phones, the plus sign and international numbers; the bytes
 * that letters beyond ASCII end with share sixteen. */
#define ROSTER_N_LETTERS 64

/** roster_letters_of_byte: Returns: the set of the letter that @byte is, or ends; 0 for any other
 * byte. */
guint64 roster_letters_of_byte (guint8 byte);

/** roster_letters_of_text: Returns: the set of the letters in @text. */
guint64 roster_letters_of_text (const char *text, gsize length);

/** roster_letters_are_exact: Returns: whether text with the letters of @text is sure to contain
 * @text. */
gboolean roster_letters_are_exact (const char *text, gsize length);

G_END_DECLS
