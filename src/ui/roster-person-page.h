/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROSTER_TYPE_PERSON_PAGE (roster_person_page_get_type ())
G_DECLARE_FINAL_TYPE (RosterPersonPage, roster_person_page, ROSTER, PERSON_PAGE, AdwBin)

/**
 * RosterPersonPage:
 *
 * What is known of a person: avatar, name, values, dates. Properties: "person"
 * (PersonObject, nullable); "unfinished" (boolean: there is a draft of them). It acts through the
 * actions "person.*" of the page around it. Main thread.
 */

/** roster_person_page_new: Returns: (transfer floating): a page with nobody on it. */
GtkWidget *roster_person_page_new (void);

G_END_DECLS
