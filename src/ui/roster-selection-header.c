/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said is bound in the template. Main thread. */

#include "config.h"

#include "roster-selection-header.h"

#include <glib/gi18n-lib.h>

struct _RosterSelectionHeader
{
  AdwBin parent_instance;

  RosterSelection *selection;
};

enum
{
  PROP_SELECTION = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterSelectionHeader, roster_selection_header, ADW_TYPE_BIN)

static char *
describe_selected (RosterSelectionHeader *self, guint n_selected)
{
  if (n_selected == 0)
    return g_strdup (_ ("Select People"));
  /* Translators: so many people are selected. */
  return g_strdup_printf (ngettext ("%'u Selected", "%'u Selected", n_selected), n_selected);
}

static char *
describe_hidden (RosterSelectionHeader *self, guint n_hidden)
{
  return g_strdup_printf (
      /* Translators: so many people are selected as well, but not among those found. */
      ngettext ("%'u more hidden by the search", "%'u more hidden by the search", n_hidden),
      n_hidden);
}

static gboolean
is_any (RosterSelectionHeader *self, guint n)
{
  return n > 0;
}

static void
roster_selection_header_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterSelectionHeader *self = ROSTER_SELECTION_HEADER (object);

  switch (id)
    {
    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_selection_header_set_property (GObject *object,
                                      guint id,
                                      const GValue *value,
                                      GParamSpec *pspec)
{
  RosterSelectionHeader *self = ROSTER_SELECTION_HEADER (object);

  switch (id)
    {
    case PROP_SELECTION:
      self->selection = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_selection_header_dispose (GObject *object)
{
  RosterSelectionHeader *self = ROSTER_SELECTION_HEADER (object);

  g_clear_object (&self->selection);
  G_OBJECT_CLASS (roster_selection_header_parent_class)->dispose (object);
}

static void
roster_selection_header_class_init (RosterSelectionHeaderClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = roster_selection_header_get_property;
  object_class->set_property = roster_selection_header_set_property;
  object_class->dispose = roster_selection_header_dispose;

  properties[PROP_SELECTION] =
      g_param_spec_object ("selection", NULL, NULL, ROSTER_TYPE_SELECTION,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/roster/ui/roster-selection-header.ui");
  gtk_widget_class_bind_template_callback (widget_class, describe_selected);
  gtk_widget_class_bind_template_callback (widget_class, describe_hidden);
  gtk_widget_class_bind_template_callback (widget_class, is_any);
}

static void
roster_selection_header_init (RosterSelectionHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
roster_selection_header_new (RosterSelection *selection)
{
  return g_object_new (ROSTER_TYPE_SELECTION_HEADER, "selection", selection, NULL);
}
