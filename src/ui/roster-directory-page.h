/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROSTER_TYPE_DIRECTORY_PAGE (roster_directory_page_get_type ())
G_DECLARE_FINAL_TYPE (RosterDirectoryPage, roster_directory_page, ROSTER, DIRECTORY_PAGE, AdwBin)

/**
 * RosterDirectoryPage:
 *
 * The list of people beside the chosen person, or one of them at a time when the window is narrow.
 * Properties: "directory" (RosterDirectory, nullable), "person" (PersonObject, nullable), and
 * "status" and "status-details" (strings, nullable: how a team's directory is, in a word and in a
 * sentence).
 */

G_END_DECLS
