/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One draft is finished by a button, one of several chosen from its menu. Main thread. */

#include "config.h"

#include "roster-unfinished-bar.h"

#include <glib/gi18n-lib.h>

#include "roster-drafts.h"
#include "roster-format.h"

struct _RosterUnfinishedBar
{
  AdwBin parent_instance;

  RosterDrafts *drafts;
  GSignalGroup *drafts_signals;

  GtkRevealer *revealer;
  GtkLabel *label;
  GtkWidget *finish_button;
  GtkWidget *choose_button;
  GMenu *menu;
};

enum
{
  PROP_DRAFTS = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterUnfinishedBar, roster_unfinished_bar, ADW_TYPE_BIN)

static const char *
get_name (const RosterKeptDraft *kept)
{
  const char *name = roster_kept_draft_get_name (kept);

  return *name != '\0' ? name : _ ("Somebody new");
}

static void
add_to_menu (RosterUnfinishedBar *self, const RosterKeptDraft *kept)
{
  g_auto (GStrv) parts = g_strsplit (get_name (kept), "_", -1);
  g_autofree char *label = g_strjoinv ("__", parts);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "directory.finish", "s", kept->typed->id);
  g_menu_append_item (self->menu, item);
}

static void
update (RosterUnfinishedBar *self)
{
  GPtrArray *all = self->drafts != NULL ? roster_drafts_get_all (self->drafts) : NULL;
  guint n = all != NULL ? all->len : 0;

  gtk_revealer_set_reveal_child (self->revealer, n > 0);
  if (n == 0)
    return;

  gtk_widget_set_visible (self->finish_button, n == 1);
  gtk_widget_set_visible (self->choose_button, n > 1);
  g_menu_remove_all (self->menu);
  if (n == 1)
    {
      const RosterKeptDraft *kept = g_ptr_array_index (all, 0);
      g_autofree char *name = roster_format_in_sentence (get_name (kept));
      /* Translators: %s is the name of a person. */
      g_autofree char *text = g_strdup_printf (_ ("Unfinished: %s"), name);

      gtk_label_set_label (self->label, text);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->finish_button), "s", kept->typed->id);
    }
  else
    {
      g_autofree char *text =
          g_strdup_printf (ngettext ("%'u unfinished change", "%'u unfinished changes", n), n);

      gtk_label_set_label (self->label, text);
      for (guint i = 0; i < n; i++)
        add_to_menu (self, g_ptr_array_index (all, i));
    }
}

static void
roster_unfinished_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterUnfinishedBar *self = ROSTER_UNFINISHED_BAR (object);

  switch (id)
    {
    case PROP_DRAFTS:
      g_value_set_object (value, self->drafts);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_unfinished_bar_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  RosterUnfinishedBar *self = ROSTER_UNFINISHED_BAR (object);

  switch (id)
    {
    case PROP_DRAFTS:
      if (!g_set_object (&self->drafts, g_value_get_object (value)))
        return;
      g_signal_group_set_target (self->drafts_signals, self->drafts);
      update (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_unfinished_bar_dispose (GObject *object)
{
  RosterUnfinishedBar *self = ROSTER_UNFINISHED_BAR (object);

  g_clear_object (&self->drafts_signals);
  g_clear_object (&self->drafts);
  G_OBJECT_CLASS (roster_unfinished_bar_parent_class)->dispose (object);
}

static void
roster_unfinished_bar_class_init (RosterUnfinishedBarClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = roster_unfinished_bar_get_property;
  object_class->set_property = roster_unfinished_bar_set_property;
  object_class->dispose = roster_unfinished_bar_dispose;

  properties[PROP_DRAFTS] =
      g_param_spec_object ("drafts", NULL, NULL, ROSTER_TYPE_DRAFTS,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-unfinished-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterUnfinishedBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, RosterUnfinishedBar, label);
  gtk_widget_class_bind_template_child (widget_class, RosterUnfinishedBar, finish_button);
  gtk_widget_class_bind_template_child (widget_class, RosterUnfinishedBar, choose_button);
  gtk_widget_class_bind_template_child (widget_class, RosterUnfinishedBar, menu);
}

static void
roster_unfinished_bar_init (RosterUnfinishedBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->drafts_signals = g_signal_group_new (ROSTER_TYPE_DRAFTS);
  g_signal_group_connect_swapped (self->drafts_signals, "changed", G_CALLBACK (update), self);
}
