/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was typed and not saved, as plain data. Any thread. */

#include "config.h"

#include "roster-kept-draft.h"

RosterKeptDraft *
roster_kept_draft_new (const RosterPerson *typed, const RosterPerson *base)
{
  RosterKeptDraft *self = g_new0 (RosterKeptDraft, 1);

  self->typed = roster_person_copy (typed);
  if (base)
    self->base = roster_person_copy (base);
  return self;
}

RosterKeptDraft *
roster_kept_draft_copy (const RosterKeptDraft *self)
{
  RosterKeptDraft *copy = roster_kept_draft_new (self->typed, self->base);

  if (self->current)
    copy->current = roster_person_copy (self->current);
  return copy;
}

void
roster_kept_draft_free (RosterKeptDraft *self)
{
  roster_person_free (self->typed);
  roster_person_free (self->base);
  roster_person_free (self->current);
  g_free (self);
}

const char *
roster_kept_draft_get_name (const RosterKeptDraft *self)
{
  if (self->current)
    return self->current->name;
  if (self->base)
    return self->base->name;
  if (*self->typed->name)
    return self->typed->name;
  return *self->typed->email ? self->typed->email : self->typed->phone;
}
