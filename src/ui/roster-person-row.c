/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A person in the list. About two hundred rows live at a time and take other people while one
 * scrolls, so one plain update per change instead of a binding per label. Main thread. */

#include "config.h"

#include "roster-person-row.h"

#include <glib/gi18n-lib.h>

struct _RosterPersonRow
{
  GtkGrid parent_instance;

  RosterPersonList *people;
  PersonObject *person;
  gulong changed_id;
  RosterQuery *query; /* what is highlighted */

  GtkInscription *avatar;
  GtkInscription *name;
  GtkInscription *email;
  GtkInscription *phone;
};

enum
{
  PROP_PERSON = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterPersonRow, roster_person_row, GTK_TYPE_GRID)

/* A name is isolated and marked (UAX #9) so that it starts where the row does, whatever script it
 * is in. */
#define LEFT_TO_RIGHT_MARK "\u200e"
#define RIGHT_TO_LEFT_MARK "\u200f"
#define FIRST_STRONG_ISOLATE "\u2068"
#define POP_ISOLATE "\u2069"
#define N_BYTES_BEFORE_NAME (strlen (LEFT_TO_RIGHT_MARK FIRST_STRONG_ISOLATE))

static gboolean
is_right_to_left (RosterPersonRow *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static void
show_name (RosterPersonRow *self)
{
  g_autofree char *text =
      g_strconcat (is_right_to_left (self) ? RIGHT_TO_LEFT_MARK : LEFT_TO_RIGHT_MARK,
                   FIRST_STRONG_ISOLATE, person_object_get_name (self->person), POP_ISOLATE, NULL);

  gtk_inscription_set_text (self->name, text);
}

static void
highlight (RosterPersonRow *self, GtkInscription *inscription, RosterField field, const char *value)
{
  if (roster_query_is_empty (self->query))
    {
      gtk_inscription_set_attributes (inscription, NULL);
      return;
    }

  guint n_bytes_before = inscription == self->name ? N_BYTES_BEFORE_NAME : 0;
  g_autoptr (GArray) ranges = roster_query_highlight (self->query, value, field);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  for (guint i = 0; i < ranges->len; i++)
    {
      const RosterTextRange *range = &g_array_index (ranges, RosterTextRange, i);
      PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      bold->start_index = range->start + n_bytes_before;
      bold->end_index = range->end + n_bytes_before;
      pango_attr_list_insert (attributes, bold);
    }
  gtk_inscription_set_attributes (inscription, attributes);
}

static void
highlight_all (RosterPersonRow *self)
{
  g_clear_pointer (&self->query, roster_query_unref);
  self->query = roster_query_ref (roster_person_list_get_query (self->people));
  highlight (self, self->name, ROSTER_FIELD_NAME, person_object_get_name (self->person));
  highlight (self, self->email, ROSTER_FIELD_EMAIL, person_object_get_email (self->person));
  highlight (self, self->phone, ROSTER_FIELD_PHONE, person_object_get_phone (self->person));
}

/* A row that was bound since the search changed shows it already. */
static void
search_changed_cb (RosterPersonRow *self)
{
  if (self->person != NULL && self->query != roster_person_list_get_query (self->people))
    highlight_all (self);
}

/* A list item has no accessible label of its own before GTK 4.12; its widget, the parent, has. */
static void
describe (RosterPersonRow *self)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));

  if (item == NULL || self->person == NULL)
    return;

  /* Translators: name, e-mail and phone of a person, as a screen reader says them. */
  g_autofree char *label = g_strdup_printf (_ ("%s, %s, %s"), person_object_get_name (self->person),
                                            person_object_get_email (self->person),
                                            person_object_get_phone (self->person));
  gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* AdwAvatar's look at a fraction of its cost: its style, the same color for the same name. */
static void
update_avatar (RosterPersonRow *self)
{
  static const char *const colors[][2] = {
    { "color1", NULL },  { "color2", NULL },  { "color3", NULL },  { "color4", NULL },
    { "color5", NULL },  { "color6", NULL },  { "color7", NULL },  { "color8", NULL },
    { "color9", NULL },  { "color10", NULL }, { "color11", NULL }, { "color12", NULL },
    { "color13", NULL }, { "color14", NULL },
  };
  const char *name = person_object_get_name (self->person);
  const char *space = strrchr (name, ' ');
  g_autoptr (GString) initials = g_string_sized_new (16);

  g_string_append_unichar (initials, g_unichar_toupper (g_utf8_get_char (name)));
  if (space != NULL)
    g_string_append_unichar (initials, g_unichar_toupper (g_utf8_get_char (space + 1)));
  gtk_inscription_set_text (self->avatar, initials->str);
  gtk_widget_set_css_classes (GTK_WIDGET (self->avatar),
                              (const char **) colors[g_str_hash (name) % G_N_ELEMENTS (colors)]);
}

static void
update (RosterPersonRow *self)
{
  if (self->person == NULL)
    return;
  update_avatar (self);
  show_name (self);
  gtk_inscription_set_text (self->email, person_object_get_email (self->person));
  gtk_inscription_set_text (self->phone, person_object_get_phone (self->person));
  highlight_all (self);
  describe (self);
}

static void
set_person (RosterPersonRow *self, PersonObject *person)
{
  if (self->person == person)
    return;

  if (self->person != NULL)
    g_clear_signal_handler (&self->changed_id, self->person);
  g_set_object (&self->person, person);
  if (person != NULL)
    self->changed_id =
        g_signal_connect_object (person, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERSON]);
}

static void
roster_person_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterPersonRow *self = ROSTER_PERSON_ROW (object);

  switch (id)
    {
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_person_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PERSON:
      set_person (ROSTER_PERSON_ROW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_person_row_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (roster_person_row_parent_class)->root (widget);
  describe (ROSTER_PERSON_ROW (widget));
}

static void
roster_person_row_dispose (GObject *object)
{
  RosterPersonRow *self = ROSTER_PERSON_ROW (object);

  set_person (self, NULL);
  g_clear_object (&self->people);
  g_clear_pointer (&self->query, roster_query_unref);
  G_OBJECT_CLASS (roster_person_row_parent_class)->dispose (object);
}

static void
roster_person_row_class_init (RosterPersonRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = roster_person_row_get_property;
  object_class->set_property = roster_person_row_set_property;
  object_class->dispose = roster_person_row_dispose;
  widget_class->root = roster_person_row_root;

  properties[PROP_PERSON] =
      g_param_spec_object ("person", NULL, NULL, PERSON_TYPE_OBJECT,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-person-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterPersonRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonRow, name);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonRow, email);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonRow, phone);
}

static void
roster_person_row_init (RosterPersonRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* An e-mail and a number read from left to right in every script, but start where the row does.
   */
  if (is_right_to_left (self))
    {
      gtk_inscription_set_xalign (self->email, 1);
      gtk_inscription_set_xalign (self->phone, 0);
    }
  gtk_widget_set_direction (GTK_WIDGET (self->email), GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (self->phone), GTK_TEXT_DIR_LTR);
}

GtkWidget *
roster_person_row_new (RosterPersonList *people)
{
  RosterPersonRow *self = g_object_new (ROSTER_TYPE_PERSON_ROW, NULL);

  self->people = g_object_ref (people);
  g_signal_connect_object (people, "notify::search", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

PersonObject *
roster_person_row_get_person (RosterPersonRow *self)
{
  g_return_val_if_fail (ROSTER_IS_PERSON_ROW (self), NULL);

  return self->person;
}
