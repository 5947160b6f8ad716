/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The history of a person. Main thread. It is read again whenever they change; what was in it
 * already stays, so that nothing moves but what is new. */

#include "config.h"

#include "roster-history-page.h"

#include <glib/gi18n-lib.h>

#include "roster-change-row.h"
#include "roster-error.h"
#include "roster-focus.h"
#include "roster-format.h"
#include "roster-subpage.h"

struct _RosterHistoryPage
{
  AdwBin parent_instance;

  RosterDirectory *directory;
  PersonObject *person;
  gboolean folded;
  GListStore *changes; /* of RosterChangeObject */
  GCancellable *reading;

  GtkWidget *back_button;
  GtkStack *stack;
  GtkWidget *list_view;
  GtkWidget *try_again_button;
  AdwStatusPage *failed_page;
};

enum
{
  PROP_DIRECTORY = 1,
  PROP_PERSON,
  PROP_FOLDED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterHistoryPage, roster_history_page, ADW_TYPE_BIN)

/* Reading */

static void
show_changes (RosterHistoryPage *self, GPtrArray *changes)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RosterChangeObject) newest = g_list_model_get_item (G_LIST_MODEL (self->changes), 0);
  gint64 newest_id = newest != NULL ? roster_change_object_get_change (newest)->id : 0;

  for (guint i = 0; i < changes->len; i++)
    {
      const RosterChange *change = changes->pdata[i];

      if (change->id <= newest_id)
        break;
      g_ptr_array_add (objects, roster_change_object_new (change));
    }
  g_list_store_splice (self->changes, 0, 0, objects->pdata, objects->len);
  roster_subpage_show (GTK_WIDGET (self), self->stack, "list");
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterHistoryPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes =
      roster_directory_history_finish (ROSTER_DIRECTORY (source), result, &error);

  if (changes != NULL)
    show_changes (self, changes);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *description = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed_page, description);
      roster_subpage_show (GTK_WIDGET (self), self->stack, "failed");
    }
}

static void
read_again (RosterHistoryPage *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  roster_directory_history_async (self->directory, person_object_get_id (self->person),
                                  self->reading, read_cb, g_object_ref (self));
}

/* Bringing back */

typedef struct
{
  RosterHistoryPage *page;
  RosterPerson *person; /* as they should be */
  char *refusal;        /* (nullable) */
} BringBack;

static void
bring_back_free (BringBack *bring_back)
{
  g_object_unref (bring_back->page);
  roster_person_free (bring_back->person);
  g_free (bring_back->refusal);
  g_free (bring_back);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BringBack, bring_back_free)

static void
looked_for_other_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BringBack) bring_back = user_data;
  RosterHistoryPage *self = bring_back->page;
  g_autoptr (PersonObject) other =
      roster_directory_find_by_email_finish (self->directory, result, NULL);

  if (other == NULL)
    {
      roster_subpage_tell (GTK_WIDGET (self), bring_back->refusal);
      return;
    }

  g_autofree char *name = roster_format_in_sentence (person_object_get_name (self->person));
  g_autofree char *other_name = roster_format_in_sentence (person_object_get_name (other));
  g_autofree char *text =
      /* Translators: both %s are names of people: first who has the e-mail now. */
      g_strdup_printf (_ ("%s now has the e-mail of %s. Change it there first, then try again."),
                       other_name, name);
  roster_subpage_tell (GTK_WIDGET (self), text);
}

static void
brought_back_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BringBack) bring_back = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PersonObject) person =
      roster_directory_save_finish (ROSTER_DIRECTORY (source), result, NULL, &error);

  if (person != NULL)
    return;
  if (!g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL))
    {
      roster_subpage_tell (GTK_WIDGET (bring_back->page), error->message);
      return;
    }
  bring_back->refusal = g_strdup (error->message);
  roster_directory_find_by_email_async (ROSTER_DIRECTORY (source), bring_back->person->email,
                                        bring_back->person->id, NULL, looked_for_other_cb,
                                        bring_back);
  g_steal_pointer (&bring_back);
}

static const RosterChange *
find_change (RosterHistoryPage *self, gint64 id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->changes)); i++)
    {
      g_autoptr (RosterChangeObject) object =
          g_list_model_get_item (G_LIST_MODEL (self->changes), i);
      const RosterChange *change = roster_change_object_get_change (object);

      if (change->id == id)
        return change;
    }
  return NULL;
}

static void
bring_back_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterHistoryPage *self = ROSTER_HISTORY_PAGE (widget);
  const RosterChange *change = find_change (self, g_variant_get_int64 (parameter));
  const RosterPerson *now = person_object_get_person (self->person);
  BringBack *bring_back;

  if (change == NULL || change->after == NULL)
    return;
  bring_back = g_new0 (BringBack, 1);
  bring_back->page = g_object_ref (self);
  bring_back->person =
      roster_person_new (now->id, change->after->name, change->after->email, change->after->phone);
  roster_directory_save_async (self->directory, now, bring_back->person, NULL, brought_back_cb,
                               bring_back);
}

static void
try_again_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  read_again (ROSTER_HISTORY_PAGE (widget));
}

static void
update_actions (RosterHistoryPage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.bring-back",
                                 roster_directory_get_can_edit (self->directory));
}

static void
set_up_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RosterHistoryPage *self)
{
  GtkWidget *row = roster_change_row_new ();

  g_object_bind_property (self, "person", row, "person", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->directory, "edit-reason", row, "edit-reason",
                          G_BINDING_SYNC_CREATE);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, row);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RosterHistoryPage *self)
{
  g_object_set (gtk_list_item_get_child (item), "change", gtk_list_item_get_item (item), NULL);
}

static gboolean
roster_history_page_grab_focus (GtkWidget *widget)
{
  RosterHistoryPage *self = ROSTER_HISTORY_PAGE (widget);
  const char *name = gtk_stack_get_visible_child_name (self->stack);

  if (g_strcmp0 (name, "list") == 0 && gtk_widget_grab_focus (self->list_view))
    return TRUE;
  return gtk_widget_grab_focus (g_strcmp0 (name, "failed") == 0 ? self->try_again_button
                                                                : self->back_button);
}

static void
roster_history_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterHistoryPage *self = ROSTER_HISTORY_PAGE (object);

  switch (id)
    {
    case PROP_DIRECTORY:
      g_value_set_object (value, self->directory);
      break;
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_history_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RosterHistoryPage *self = ROSTER_HISTORY_PAGE (object);

  switch (id)
    {
    case PROP_DIRECTORY:
      self->directory = g_value_dup_object (value);
      break;
    case PROP_PERSON:
      self->person = g_value_dup_object (value);
      break;
    case PROP_FOLDED:
      if (self->folded == g_value_get_boolean (value))
        return;
      self->folded = !self->folded;
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_history_page_constructed (GObject *object)
{
  RosterHistoryPage *self = ROSTER_HISTORY_PAGE (object);

  G_OBJECT_CLASS (roster_history_page_parent_class)->constructed (object);
  g_signal_connect_object (self->person, "notify::updated-at", G_CALLBACK (read_again), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->directory, "notify::can-edit", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  update_actions (self);
  read_again (self);
}

static void
roster_history_page_dispose (GObject *object)
{
  RosterHistoryPage *self = ROSTER_HISTORY_PAGE (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  G_OBJECT_CLASS (roster_history_page_parent_class)->dispose (object);
}

static void
roster_history_page_finalize (GObject *object)
{
  RosterHistoryPage *self = ROSTER_HISTORY_PAGE (object);

  g_clear_object (&self->directory);
  g_clear_object (&self->person);
  G_OBJECT_CLASS (roster_history_page_parent_class)->finalize (object);
}

static void
roster_history_page_class_init (RosterHistoryPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GParamFlags construct_only = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = roster_history_page_get_property;
  object_class->set_property = roster_history_page_set_property;
  object_class->constructed = roster_history_page_constructed;
  object_class->dispose = roster_history_page_dispose;
  object_class->finalize = roster_history_page_finalize;
  widget_class->focus = roster_focus_children;
  widget_class->grab_focus = roster_history_page_grab_focus;

  properties[PROP_DIRECTORY] =
      g_param_spec_object ("directory", NULL, NULL, ROSTER_TYPE_DIRECTORY, construct_only);
  properties[PROP_PERSON] =
      g_param_spec_object ("person", NULL, NULL, PERSON_TYPE_OBJECT, construct_only);
  properties[PROP_FOLDED] =
      g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "history.bring-back", "x", bring_back_activated);
  gtk_widget_class_install_action (widget_class, "history.try-again", NULL, try_again_activated);
  g_type_ensure (ROSTER_TYPE_CHANGE_OBJECT);
  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterHistoryPage, changes);
  gtk_widget_class_bind_template_child (widget_class, RosterHistoryPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, RosterHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RosterHistoryPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, RosterHistoryPage, try_again_button);
  gtk_widget_class_bind_template_child (widget_class, RosterHistoryPage, failed_page);
  gtk_widget_class_bind_template_callback (widget_class, set_up_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_row_cb);
}

static void
roster_history_page_init (RosterHistoryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
roster_history_page_new (RosterDirectory *directory, PersonObject *person)
{
  return g_object_new (ROSTER_TYPE_HISTORY_PAGE, "directory", directory, "person", person, NULL);
}
