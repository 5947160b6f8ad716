/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recently Deleted. Main thread. Several are selected as in every list, or by their check buttons;
 * what is done to those who are not in the list any longer is nothing. */

#include "config.h"

#include "roster-deleted-page.h"

#include <glib/gi18n-lib.h>

#include "roster-deleted-list.h"
#include "roster-deleted-row.h"
#include "roster-focus.h"
#include "roster-format.h"
#include "roster-purge-question.h"
#include "roster-subpage.h"

struct _RosterDeletedPage
{
  AdwBin parent_instance;

  RosterDirectory *directory;
  RosterDeletedList *list;
  guint retention_days;

  AdwWindowTitle *title;
  GtkWidget *back_button;
  GtkWidget *empty_button;
  GtkStack *stack;
  GtkWidget *list_view;
  GtkMultiSelection *selection;
  AdwStatusPage *failed_page;
  GtkWidget *try_again_button;
  GtkActionBar *action_bar;
  GtkWidget *restore_button;
  GtkWidget *purge_button;
};

enum
{
  PROP_DIRECTORY = 1,
  PROP_RETENTION_DAYS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  RESTORED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RosterDeletedPage, roster_deleted_page, ADW_TYPE_BIN)

static char *
describe_retention (RosterDeletedPage *self, guint retention_days)
{
  return g_strdup_printf (ngettext ("Who is deleted can be restored here for %'u day.",
                                    "Who is deleted can be restored here for %'u days.",
                                    retention_days),
                          retention_days);
}

/* What is shown */

/* Shows every row anew. */
static void
rebind (RosterDeletedPage *self)
{
  gtk_multi_selection_set_model (self->selection, NULL);
  gtk_multi_selection_set_model (self->selection, G_LIST_MODEL (self->list));
}

static void
set_retention_days (RosterDeletedPage *self, guint retention_days)
{
  if (self->retention_days == retention_days)
    return;
  self->retention_days = retention_days;
  roster_deleted_list_reload (self->list);
  rebind (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RETENTION_DAYS]);
}

static void
update_hints (RosterDeletedPage *self)
{
  g_autofree char *reason = roster_directory_dup_edit_reason (self->directory);

  gtk_widget_set_tooltip_text (self->empty_button,
                               reason != NULL ? reason : _ ("Remove everybody here for good"));
  gtk_widget_set_tooltip_text (self->restore_button, reason);
  gtk_widget_set_tooltip_text (self->purge_button, reason);
  rebind (self);
}

static char *
describe_count (guint n_total, guint n_selected)
{
  if (n_total == 0)
    return NULL;
  if (n_selected > 0)
    return g_strdup_printf (ngettext ("%'u Selected", "%'u Selected", n_selected), n_selected);
  return roster_format_people (n_total);
}

/* Toasts leave room for the bar. */
static void
set_bar_revealed (RosterDeletedPage *self, gboolean revealed)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  gtk_action_bar_set_revealed (self->action_bar, revealed);
  if (overlay == NULL)
    return;
  if (revealed)
    gtk_widget_add_css_class (overlay, "above-bar");
  else
    gtk_widget_remove_css_class (overlay, "above-bar");
}

static void
update_actions (RosterDeletedPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (GtkBitset) selected =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  guint n_selected = (guint) gtk_bitset_get_size (selected);
  guint n_total = roster_deleted_list_get_n_total (self->list);
  gboolean can_edit = roster_directory_get_can_edit (self->directory);
  g_autofree char *count = describe_count (n_total, n_selected);

  gtk_widget_action_set_enabled (widget, "deleted.restore-one", can_edit);
  gtk_widget_action_set_enabled (widget, "deleted.purge-one", can_edit);
  gtk_widget_action_set_enabled (widget, "deleted.restore", can_edit && n_selected > 0);
  gtk_widget_action_set_enabled (widget, "deleted.purge", can_edit && n_selected > 0);
  gtk_widget_action_set_enabled (widget, "deleted.empty", can_edit && n_total > 0);
  adw_window_title_set_subtitle (self->title, count);
  set_bar_revealed (self, n_selected > 0);
}

static void
update (RosterDeletedPage *self)
{
  const GError *error = roster_deleted_list_get_error (self->list);

  update_actions (self);
  if (roster_deleted_list_get_loading (self->list))
    return;
  if (error != NULL)
    {
      g_autofree char *description = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed_page, description);
      roster_subpage_show (GTK_WIDGET (self), self->stack, "failed");
    }
  else
    roster_subpage_show (GTK_WIDGET (self), self->stack,
                         roster_deleted_list_get_n_total (self->list) > 0 ? "list" : "empty");
}

static void
selection_changed_cb (RosterDeletedPage *self)
{
  update_actions (self);
}

/* Whom it is about */

static RosterChangeObject *
dup_deleted (RosterDeletedPage *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->selection), position);
}

static const char *
get_id (RosterChangeObject *object)
{
  return roster_change_object_get_change (object)->before->id;
}

static GStrv
dup_selected_ids (RosterDeletedPage *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GtkBitset) selected =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (RosterChangeObject) object = dup_deleted (self, position);

      g_strv_builder_add (ids, get_id (object));
    }
  return g_strv_builder_end (ids);
}

static GStrv
dup_parameter (GVariant *parameter)
{
  const char *ids[] = { g_variant_get_string (parameter, NULL), NULL };

  return g_strdupv ((GStrv) ids);
}

static char *
dup_name (RosterDeletedPage *self, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (RosterChangeObject) object = dup_deleted (self, i);

      if (g_str_equal (get_id (object), id))
        return g_strdup (roster_change_object_get_change (object)->before->name);
    }
  return NULL;
}

/* Restoring */

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterDeletedPage) self = user_data;
  g_autoptr (PersonObject) person = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterReceipt) receipt =
      roster_directory_restore_finish (ROSTER_DIRECTORY (source), result, &person, &error);

  if (receipt == NULL)
    roster_subpage_tell (GTK_WIDGET (self), error->message);
  else if (person != NULL)
    g_signal_emit (self, signals[RESTORED], 0, person);
}

static void
restore (RosterDeletedPage *self, GStrv ids)
{
  roster_directory_restore_async (self->directory, ids, NULL, restored_cb, g_object_ref (self));
}

static void
restore_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDeletedPage *self = ROSTER_DELETED_PAGE (widget);

  restore (self, dup_selected_ids (self));
}

static void
restore_one_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  restore (ROSTER_DELETED_PAGE (widget), dup_parameter (parameter));
}

/* Removing for good */

static void
ask_to_purge (RosterDeletedPage *self, GStrv ids)
{
  guint n = g_strv_length (ids);
  g_autofree char *name = n == 1 ? dup_name (self, ids[0]) : NULL;

  roster_purge_question_ask (GTK_WIDGET (self), self->directory, ids, n, name);
}

static void
purge_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDeletedPage *self = ROSTER_DELETED_PAGE (widget);

  ask_to_purge (self, dup_selected_ids (self));
}

static void
purge_one_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_to_purge (ROSTER_DELETED_PAGE (widget), dup_parameter (parameter));
}

static void
empty_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDeletedPage *self = ROSTER_DELETED_PAGE (widget);

  roster_purge_question_ask (widget, self->directory, NULL,
                             roster_deleted_list_get_n_total (self->list), NULL);
}

static void
reload_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  roster_deleted_list_reload (ROSTER_DELETED_PAGE (widget)->list);
}

/* Rows */

static void
row_selected_cb (RosterDeletedRow *row, GParamSpec *pspec, GtkListItem *item)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (row), ROSTER_TYPE_DELETED_PAGE);
  guint position = gtk_list_item_get_position (item);
  gboolean selected = roster_deleted_row_get_selected (row);

  if (page == NULL || position == GTK_INVALID_LIST_POSITION ||
      gtk_list_item_get_selected (item) == selected)
    return;

  GtkSelectionModel *selection = GTK_SELECTION_MODEL (ROSTER_DELETED_PAGE (page)->selection);
  if (selected)
    gtk_selection_model_select_item (selection, position, FALSE);
  else
    gtk_selection_model_unselect_item (selection, position);
}

static void
set_up_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RosterDeletedPage *self)
{
  GtkWidget *row = roster_deleted_row_new ();

  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, row);
  g_object_bind_property (item, "selected", row, "selected", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (row_selected_cb), item, 0);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RosterDeletedPage *self)
{
  g_autofree char *reason = roster_directory_dup_edit_reason (self->directory);

  roster_deleted_row_show (ROSTER_DELETED_ROW (gtk_list_item_get_child (item)),
                           gtk_list_item_get_item (item), self->retention_days, reason);
}

static gboolean
roster_deleted_page_grab_focus (GtkWidget *widget)
{
  RosterDeletedPage *self = ROSTER_DELETED_PAGE (widget);
  const char *name = gtk_stack_get_visible_child_name (self->stack);

  if (g_strcmp0 (name, "list") == 0 && gtk_widget_grab_focus (self->list_view))
    return TRUE;
  return gtk_widget_grab_focus (g_strcmp0 (name, "failed") == 0 ? self->try_again_button
                                                                : self->back_button);
}

static void
roster_deleted_page_unmap (GtkWidget *widget)
{
  set_bar_revealed (ROSTER_DELETED_PAGE (widget), FALSE);
  GTK_WIDGET_CLASS (roster_deleted_page_parent_class)->unmap (widget);
}

static void
roster_deleted_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_assert (id == PROP_RETENTION_DAYS);
  g_value_set_uint (value, ROSTER_DELETED_PAGE (object)->retention_days);
}

static void
roster_deleted_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RosterDeletedPage *self = ROSTER_DELETED_PAGE (object);

  switch (id)
    {
    case PROP_DIRECTORY:
      self->directory = g_value_dup_object (value);
      break;
    case PROP_RETENTION_DAYS:
      set_retention_days (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_deleted_page_constructed (GObject *object)
{
  RosterDeletedPage *self = ROSTER_DELETED_PAGE (object);

  G_OBJECT_CLASS (roster_deleted_page_parent_class)->constructed (object);
  self->list = roster_deleted_list_new (self->directory);
  g_signal_connect_object (self->list, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->directory, "notify::can-edit", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->directory, "notify::edit-reason", G_CALLBACK (update_hints), self,
                           G_CONNECT_SWAPPED);
  update_hints (self);
  update_actions (self);
}

static void
roster_deleted_page_finalize (GObject *object)
{
  RosterDeletedPage *self = ROSTER_DELETED_PAGE (object);

  g_clear_object (&self->directory);
  g_clear_object (&self->list);
  G_OBJECT_CLASS (roster_deleted_page_parent_class)->finalize (object);
}

static void
roster_deleted_page_class_init (RosterDeletedPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = roster_deleted_page_get_property;
  object_class->set_property = roster_deleted_page_set_property;
  object_class->constructed = roster_deleted_page_constructed;
  object_class->finalize = roster_deleted_page_finalize;
  widget_class->unmap = roster_deleted_page_unmap;
  widget_class->focus = roster_focus_children;
  widget_class->grab_focus = roster_deleted_page_grab_focus;

  properties[PROP_DIRECTORY] =
      g_param_spec_object ("directory", NULL, NULL, ROSTER_TYPE_DIRECTORY,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_RETENTION_DAYS] =
      g_param_spec_uint ("retention-days", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[RESTORED] = g_signal_new ("restored", ROSTER_TYPE_DELETED_PAGE, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, PERSON_TYPE_OBJECT);

  gtk_widget_class_install_action (widget_class, "deleted.restore", NULL, restore_activated);
  gtk_widget_class_install_action (widget_class, "deleted.restore-one", "s", restore_one_activated);
  gtk_widget_class_install_action (widget_class, "deleted.purge", NULL, purge_activated);
  gtk_widget_class_install_action (widget_class, "deleted.purge-one", "s", purge_one_activated);
  gtk_widget_class_install_action (widget_class, "deleted.empty", NULL, empty_activated);
  gtk_widget_class_install_action (widget_class, "deleted.reload", NULL, reload_activated);

  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-deleted-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterDeletedPage, title);
  gtk_widget_class_bind_template_child (widget_class, RosterDeletedPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, RosterDeletedPage, empty_button);
  gtk_widget_class_bind_template_child (widget_class, RosterDeletedPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RosterDeletedPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, RosterDeletedPage, selection);
  gtk_widget_class_bind_template_child (widget_class, RosterDeletedPage, failed_page);
  gtk_widget_class_bind_template_child (widget_class, RosterDeletedPage, try_again_button);
  gtk_widget_class_bind_template_child (widget_class, RosterDeletedPage, action_bar);
  gtk_widget_class_bind_template_child (widget_class, RosterDeletedPage, restore_button);
  gtk_widget_class_bind_template_child (widget_class, RosterDeletedPage, purge_button);
  gtk_widget_class_bind_template_callback (widget_class, describe_retention);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, set_up_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_row_cb);
}

static void
roster_deleted_page_init (RosterDeletedPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
roster_deleted_page_new (RosterDirectory *directory)
{
  return g_object_new (ROSTER_TYPE_DELETED_PAGE, "directory", directory, NULL);
}
