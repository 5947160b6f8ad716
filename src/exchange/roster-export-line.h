/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-person.h"

G_BEGIN_DECLS

/*
 * A person as a line of text that a spreadsheet may read. What somebody typed must not become a
 * formula there (OWASP, "CSV Injection"): a value that begins as one, with = + - @ (of East Asian
 * full width too), tab, carriage return or line feed, gets an apostrophe in front, which a
 * spreadsheet takes as "this is text". Valid phone numbers do not: nearly all begin with "+", they
 * hold nothing that a formula could do anything with, and other programs could not call them.
 */

/** roster_export_append_csv_header: appends the names of the fields. */
void roster_export_append_csv_header (GString *text);

/** roster_export_append_csv: appends @person as a record of RFC 4180, every field quoted. */
void roster_export_append_csv (GString *text, const RosterPerson *person);

/** roster_export_append_tabbed: appends @person as one line, its fields separated by tabs; control
 * characters in them, so tabs and line breaks, become spaces. */
void roster_export_append_tabbed (GString *text, const RosterPerson *person);

G_END_DECLS
