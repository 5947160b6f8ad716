/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shows a person; what changes elsewhere arrives through the bindings of the template. Main thread.
 */

#include "config.h"

#include "roster-person-page.h"

#include "person-object.h"
#include "roster-format.h"

struct _RosterPersonPage
{
  AdwBin parent_instance;

  PersonObject *person;
  gboolean unfinished;

  GtkWidget *email_label;
  GtkWidget *phone_label;
};

enum
{
  PROP_PERSON = 1,
  PROP_UNFINISHED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterPersonPage, roster_person_page, ADW_TYPE_BIN)

static char *
describe_moment (RosterMoment moment, gint64 unix_ms)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return roster_format_moment (moment, unix_ms, now);
}

static char *
describe_added (RosterPersonPage *self, gint64 unix_ms)
{
  return describe_moment (ROSTER_MOMENT_ADDED, unix_ms);
}

static char *
describe_changed (RosterPersonPage *self, gint64 unix_ms)
{
  return describe_moment (ROSTER_MOMENT_CHANGED, unix_ms);
}

static char *
describe_time (RosterPersonPage *self, gint64 unix_ms)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return roster_format_time (unix_ms, zone);
}

static void
roster_person_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterPersonPage *self = ROSTER_PERSON_PAGE (object);

  switch (id)
    {
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;
    case PROP_UNFINISHED:
      g_value_set_boolean (value, self->unfinished);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_person_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RosterPersonPage *self = ROSTER_PERSON_PAGE (object);

  switch (id)
    {
    case PROP_PERSON:
      if (g_set_object (&self->person, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_UNFINISHED:
      if (self->unfinished == g_value_get_boolean (value))
        return;
      self->unfinished = !self->unfinished;
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_person_page_dispose (GObject *object)
{
  RosterPersonPage *self = ROSTER_PERSON_PAGE (object);

  g_clear_object (&self->person);
  G_OBJECT_CLASS (roster_person_page_parent_class)->dispose (object);
}

static void
roster_person_page_class_init (RosterPersonPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = roster_person_page_get_property;
  object_class->set_property = roster_person_page_set_property;
  object_class->dispose = roster_person_page_dispose;

  properties[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, PERSON_TYPE_OBJECT, flags);
  properties[PROP_UNFINISHED] = g_param_spec_boolean ("unfinished", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-person-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterPersonPage, email_label);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonPage, phone_label);
  gtk_widget_class_bind_template_callback (widget_class, describe_added);
  gtk_widget_class_bind_template_callback (widget_class, describe_changed);
  gtk_widget_class_bind_template_callback (widget_class, describe_time);
}

static void
roster_person_page_init (RosterPersonPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_direction (self->email_label, GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (self->phone_label, GTK_TEXT_DIR_LTR);
}

GtkWidget *
roster_person_page_new (void)
{
  return g_object_new (ROSTER_TYPE_PERSON_PAGE, NULL);
}
