/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The dialog that adds and edits. It stays open until the directory has accepted the draft, or it
 * is left (roster-person-dialog-leaving.c). Main thread. */

#include "config.h"

#include "roster-person-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "roster-error.h"
#include "roster-format.h"
#include "roster-person-validation.h"

enum
{
  PROP_SAVING = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint saved_signal, open_person_signal;

G_DEFINE_FINAL_TYPE (RosterPersonDialog, roster_person_dialog, ADW_TYPE_WINDOW)

static void save (RosterPersonDialog *self);

static const char *
find_problem (RosterPersonDialog *self, RosterEntryField **field)
{
  RosterEntryField *fields[] = { self->name_field, self->email_field, self->phone_field };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (roster_entry_field_get_problem (fields[i]) != NULL)
      {
        if (field != NULL)
          *field = fields[i];
        return roster_entry_field_get_problem (fields[i]);
      }
  return NULL;
}

static void
update_save (RosterPersonDialog *self)
{
  const char *problem = find_problem (self, NULL);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.save",
                                 problem == NULL && !self->saving);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.discard", !self->saving);
  gtk_widget_set_tooltip_text (self->save_button, problem);
}

/* An entry that becomes insensitive while it has the focus would go on blinking. */
static void
set_saving (RosterPersonDialog *self, gboolean saving)
{
  if (self->saving == saving)
    return;

  if (saving)
    {
      g_set_weak_pointer (&self->last_focus, gtk_window_get_focus (GTK_WINDOW (self)));
      gtk_window_set_focus (GTK_WINDOW (self), NULL);
    }
  self->saving = saving;
  update_save (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVING]);
  if (!saving && GTK_IS_TEXT (self->last_focus))
    gtk_text_grab_focus_without_selecting (GTK_TEXT (self->last_focus));
}

static void
show_failure (RosterPersonDialog *self, const char *sentence)
{
  if (sentence != NULL)
    gtk_label_set_label (self->failure_label, sentence);
  gtk_revealer_set_reveal_child (self->failure_revealer, sentence != NULL);
  roster_person_dialog_show_unkept (self);
}

static void
problem_changed_cb (RosterPersonDialog *self)
{
  update_save (self);
}

/* The draft knows whether the e-mail is one, the directory whether somebody has it. */
static void
update_email_error (RosterPersonDialog *self)
{
  g_autofree char *error = NULL;

  g_object_get (self->draft, "email-error", &error, NULL);
  if (error == NULL && self->duplicate != NULL)
    {
      g_autofree char *name = roster_format_in_sentence (person_object_get_name (self->duplicate));
      /* Translators: %s is the name of a person. */
      g_autofree char *open = g_strdup_printf (_ ("Open %s"), name);

      /* Translators: %s is the name of a person. */
      error = g_strdup_printf (_ ("%s already has this e-mail."), name);
      gtk_label_set_label (self->open_label, open);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->open_button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, open, -1);
    }
  gtk_widget_set_visible (self->open_button, self->duplicate != NULL);
  roster_entry_field_set_error (self->email_field, error);
}

static void
stop_looking (RosterPersonDialog *self)
{
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterPersonDialog) self = user_data;
  g_autofree char *refusal = NULL;
  g_autoptr (GError) error = NULL;
  gboolean had_duplicate = self->duplicate != NULL;
  g_autoptr (PersonObject) duplicate = NULL;

  if (self->directory != NULL)
    duplicate = roster_directory_find_by_email_finish (self->directory, result, &error);
  if (self->directory == NULL || error != NULL)
    return; /* something else was typed, or the dialog is gone */
  g_clear_object (&self->looking);
  g_set_object (&self->duplicate, duplicate);
  update_email_error (self);

  refusal = g_steal_pointer (&self->refusal);
  if (refusal != NULL && duplicate != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->email_field));
  else if (refusal != NULL)
    show_failure (self, refusal);
  if (duplicate != NULL && !had_duplicate)
    roster_entry_field_settle (self->email_field);
}

static void
email_typed_cb (RosterPersonDialog *self)
{
  stop_looking (self);
  g_clear_pointer (&self->refusal, g_free);
  g_clear_object (&self->duplicate);
  if (self->draft != NULL)
    update_email_error (self);
}

static void
email_settled_cb (RosterPersonDialog *self)
{
  const RosterPerson *base;
  g_autofree char *email = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *error = NULL;

  /* The entry is left when the dialog goes, too. */
  if (self->draft == NULL)
    return;
  stop_looking (self);
  g_object_get (self->draft, "email", &email, "email-error", &error, NULL);
  if (error != NULL)
    return;
  base = roster_person_draft_get_base (self->draft);
  kept = roster_validate_email (email, NULL);
  self->looking = g_cancellable_new ();
  roster_directory_find_by_email_async (self->directory, kept, base != NULL ? base->id : NULL,
                                        self->looking, looked_cb, g_object_ref (self));
}

/* Once something is typed, what was discarded before is gone. */
static void
typed_cb (RosterPersonDialog *self)
{
  if (self->discarded == NULL)
    return;
  g_clear_object (&self->discarded);
  roster_person_dialog_show_resumed (self);
}

void
roster_person_dialog_set_draft (RosterPersonDialog *self, RosterPersonDraft *draft)
{
  g_set_object (&self->draft, draft);
  g_binding_group_set_source (self->draft_bindings, draft);
  g_signal_group_set_target (self->draft_signals, draft);
  gtk_window_set_title (GTK_WINDOW (self), roster_person_draft_get_base (draft) != NULL
                                               ? _ ("Edit Person")
                                               : _ ("Add Person"));
  update_email_error (self);
  roster_person_dialog_keep_draft (self);
}

static void
conflict_cb (RosterPersonDialog *self, const char *response, GtkWidget *question)
{
  const RosterPerson *current = g_object_get_data (G_OBJECT (question), "current");

  if (g_str_equal (response, "mine") || g_str_equal (response, "theirs"))
    {
      roster_person_draft_rebase (self->draft, current,
                                  g_str_equal (response, "mine") ? ROSTER_REBASE_MINE
                                                                 : ROSTER_REBASE_THEIRS);
      save (self);
    }
}

static void
ask_about_conflict (RosterPersonDialog *self, RosterPerson *current)
{
  const RosterPerson *base = roster_person_draft_get_base (self->draft);
  g_autofree char *name = roster_format_in_sentence (base->name);
  g_autoptr (GString) changes = g_string_new (NULL);
  GtkWidget *question = adw_message_dialog_new (GTK_WINDOW (self), _ ("Changed Meanwhile"), NULL);

  if (!g_str_equal (base->name, current->name))
    /* Translators: %s is what somebody else changed the name to. */
    g_string_append_printf (changes, _ ("Name: %s\n"), current->name);
  if (!g_str_equal (base->email, current->email))
    /* Translators: %s is what somebody else changed the e-mail to. */
    g_string_append_printf (changes, _ ("E-mail: %s\n"), current->email);
  if (!g_str_equal (base->phone, current->phone))
    /* Translators: %s is what somebody else changed the phone to. */
    g_string_append_printf (changes, _ ("Phone: %s\n"), current->phone);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (question),
                                  /* Translators: the first %s is the name of a person, the second
                                   * one a line such as "Phone: 123" for each change. */
                                  _ ("Somebody else changed %s while you were editing.\n\n%s\n"
                                     "Which should be kept?"),
                                  name, changes->str);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (question), "edit", _ ("_Keep Editing"),
                                    "theirs", _ ("Keep _Theirs"), "mine", _ ("Keep _Mine"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (question), "edit");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (question), "edit");
  g_object_set_data_full (G_OBJECT (question), "current", current,
                          (GDestroyNotify) roster_person_free);
  g_signal_connect_object (question, "response", G_CALLBACK (conflict_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (question));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterPersonDialog) self = user_data;
  g_autoptr (RosterPerson) current = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PersonObject) person =
      roster_directory_save_finish (ROSTER_DIRECTORY (source), result, &current, &error);

  set_saving (self, FALSE);
  if (person != NULL)
    {
      roster_draft_keeper_drop (self->keeper);
      g_signal_emit (self, saved_signal, 0, person);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  if (g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL))
    {
      g_free (self->refusal);
      self->refusal = g_strdup (error->message);
      roster_entry_field_settle (self->email_field);
      return;
    }
  if (g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND))
    {
      self->deleted = TRUE;
      gtk_button_set_label (GTK_BUTTON (self->save_button), _ ("Add Again"));
    }
  if (g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT) && current != NULL)
    ask_about_conflict (self, g_steal_pointer (&current));
  else if (find_problem (self, NULL) == NULL)
    show_failure (self, error->message);
}

static void
save (RosterPersonDialog *self)
{
  RosterEntryField *wrong = NULL;

  if (self->saving)
    return;

  roster_entry_field_settle (self->name_field);
  roster_entry_field_settle (self->email_field);
  roster_entry_field_settle (self->phone_field);
  if (find_problem (self, &wrong) != NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (wrong));
      return;
    }

  g_autoptr (RosterPerson) person = roster_person_draft_to_person (self->draft);
  show_failure (self, NULL);
  set_saving (self, TRUE);
  roster_directory_save_async (self->directory,
                               self->deleted ? NULL : roster_person_draft_get_base (self->draft),
                               person, NULL, saved_cb, g_object_ref (self));
}

static void
save_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  save (ROSTER_PERSON_DIALOG (widget));
}

static void
open_duplicate (RosterPersonDialog *self)
{
  g_signal_emit (self, open_person_signal, 0, self->duplicate);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
open_duplicate_cb (RosterPersonDialog *self, const char *response, GtkWindow *question)
{
  roster_person_dialog_leave (self, response, question, open_duplicate);
}

static void
open_duplicate_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterPersonDialog *self = ROSTER_PERSON_DIALOG (widget);

  if (self->duplicate == NULL)
    return;
  roster_person_dialog_ask_before_leaving (self, G_CALLBACK (open_duplicate_cb));
}

static void
roster_person_dialog_map (GtkWidget *widget)
{
  RosterPersonDialog *self = ROSTER_PERSON_DIALOG (widget);
  RosterEntryField *fields[] = { self->name_field, self->email_field, self->phone_field };
  RosterEntryField *first = self->name_field;

  for (guint i = G_N_ELEMENTS (fields); i > 0; i--)
    if (*roster_entry_field_get_text (fields[i - 1]) == '\0')
      first = fields[i - 1];

  GTK_WIDGET_CLASS (roster_person_dialog_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
roster_person_dialog_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterPersonDialog *self = ROSTER_PERSON_DIALOG (object);

  switch (id)
    {
    case PROP_SAVING:
      g_value_set_boolean (value, self->saving);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_person_dialog_dispose (GObject *object)
{
  RosterPersonDialog *self = ROSTER_PERSON_DIALOG (object);

  if (self->keeper != NULL)
    roster_draft_keeper_stop (self->keeper);
  g_clear_object (&self->keeper_signals);
  g_clear_object (&self->keeper);
  g_clear_object (&self->discarded);
  g_clear_object (&self->draft_bindings);
  g_clear_object (&self->draft_signals);
  g_clear_object (&self->draft);
  stop_looking (self);
  g_clear_object (&self->directory);
  g_clear_object (&self->duplicate);
  g_clear_pointer (&self->refusal, g_free);
  g_clear_weak_pointer (&self->last_focus);
  G_OBJECT_CLASS (roster_person_dialog_parent_class)->dispose (object);
}

static void
roster_person_dialog_class_init (RosterPersonDialogClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = roster_person_dialog_get_property;
  object_class->dispose = roster_person_dialog_dispose;
  widget_class->map = roster_person_dialog_map;
  GTK_WINDOW_CLASS (class)->close_request = roster_person_dialog_close_request;

  properties[PROP_SAVING] =
      g_param_spec_boolean ("saving", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  saved_signal = g_signal_new ("saved", ROSTER_TYPE_PERSON_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, PERSON_TYPE_OBJECT);
  open_person_signal = g_signal_new ("open-person", ROSTER_TYPE_PERSON_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, PERSON_TYPE_OBJECT);

  gtk_widget_class_install_action (widget_class, "dialog.save", NULL, save_activated);
  gtk_widget_class_install_action (widget_class, "dialog.open-duplicate", NULL,
                                   open_duplicate_activated);
  gtk_widget_class_install_action (widget_class, "dialog.discard", NULL,
                                   roster_person_dialog_discard_activated);

  g_type_ensure (ROSTER_TYPE_ENTRY_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-person-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterPersonDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonDialog, failure_revealer);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonDialog, failure_label);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonDialog, unkept_revealer);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonDialog, unkept_label);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonDialog, resumed_revealer);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonDialog, resumed_label);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonDialog, discard_button);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonDialog, name_field);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonDialog, email_field);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonDialog, phone_field);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonDialog, open_button);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonDialog, open_label);
  gtk_widget_class_bind_template_callback (widget_class, problem_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, email_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, email_settled_cb);
}

static void
roster_person_dialog_init (RosterPersonDialog *self)
{
  GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  gtk_widget_init_template (GTK_WIDGET (self));
  roster_entry_field_set_left_to_right (self->email_field);
  roster_entry_field_set_left_to_right (self->phone_field);

  self->draft_bindings = g_binding_group_new ();
  g_binding_group_bind (self->draft_bindings, "name", self->name_field, "text", both);
  g_binding_group_bind (self->draft_bindings, "email", self->email_field, "text", both);
  g_binding_group_bind (self->draft_bindings, "phone", self->phone_field, "text", both);
  g_binding_group_bind (self->draft_bindings, "name-error", self->name_field, "error",
                        G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->draft_bindings, "phone-error", self->phone_field, "error",
                        G_BINDING_SYNC_CREATE);
  self->draft_signals = g_signal_group_new (ROSTER_TYPE_PERSON_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "notify::email-error",
                                  G_CALLBACK (update_email_error), self);
  g_signal_group_connect_swapped (self->draft_signals, "notify", G_CALLBACK (typed_cb), self);
}

GtkWidget *
roster_person_dialog_new (RosterDirectory *directory, RosterPersonDraft *draft)
{
  RosterPersonDialog *self = g_object_new (ROSTER_TYPE_PERSON_DIALOG, NULL);

  self->directory = g_object_ref (directory);
  roster_person_dialog_set_draft (self, draft);
  roster_person_dialog_show_resumed (self);
  return GTK_WIDGET (self);
}
