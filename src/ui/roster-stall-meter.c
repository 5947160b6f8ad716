/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times the main loop by standing between it and poll(): from one poll's return to the next poll is
 * one iteration. Main thread; lives as long as the process. */

#define G_LOG_DOMAIN "roster-stall-meter"

#include "config.h"

#include "roster-stall-meter.h"

#include <fcntl.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <unistd.h>

typedef struct
{
  GPollFunc poll;
  gint64 limit_us;
  gboolean report_first_frame;
  gboolean counting;
  int schedstat_fd;

  gint64 iteration_start_us;
  gint64 waited_start_us;
  gint64 frame_start_us;
  gint64 frame_us; /* GTK's own time */
  gint64 measure_start_us;
  GListModel *model;
  gint64 rows_start_us;
  gint64 longest_us;
  guint n_iterations;
} StallMeter;

static StallMeter meter = { .schedstat_fd = -1 };

/* How long this thread was ready to run but the kernel ran others: the second number of Linux's
 * schedstat (Documentation/scheduler/sched-stats.rst), in nanoseconds. */
static gint64
get_waited_us (void)
{
  char text[64];
  unsigned long long waited_ns = 0;
  gssize length = pread (meter.schedstat_fd, text, sizeof text - 1, 0);

  if (length <= 0)
    return 0;
  text[length] = '\0';
  if (sscanf (text, "%*u %llu", &waited_ns) != 1)
    return 0;
  return waited_ns / 1000;
}

static void
begin_iteration (void)
{
  meter.waited_start_us = get_waited_us ();
  meter.frame_us = 0;
  meter.iteration_start_us = g_get_monotonic_time ();
}

static void
end_iteration (void)
{
  gint64 wall_us = g_get_monotonic_time () - meter.iteration_start_us;
  gint64 own_us = wall_us - meter.frame_us - (get_waited_us () - meter.waited_start_us);

  meter.n_iterations++;
  meter.longest_us = MAX (meter.longest_us, own_us);
  if (own_us > meter.limit_us)
    g_info ("Iteration of %" G_GINT64_FORMAT " us", own_us);
}

static int
poll_cb (GPollFD *fds, guint n_fds, int timeout_ms)
{
  int n_ready;

  if (meter.counting)
    end_iteration ();
  n_ready = meter.poll (fds, n_fds, timeout_ms);
  begin_iteration ();
  return n_ready;
}

/* Returns: (nullable): a list view below @widget that shows a row */
static GtkListView *
find_list_view (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkListView *list_view;

      if (GTK_IS_LIST_VIEW (widget) && gtk_widget_get_mapped (child) &&
          gtk_widget_get_allocated_height (child) > 0)
        return GTK_LIST_VIEW (widget);
      list_view = find_list_view (child);
      if (list_view != NULL)
        return list_view;
    }
  return NULL;
}

/* While the list tells of a change, GTK makes rows and binds them: its own time as well. An
 * emission hook comes before the handlers, a handler connected after them last. */
static gboolean
items_changing_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  if (g_value_get_object (&values[0]) == meter.model)
    meter.rows_start_us = g_get_monotonic_time ();
  return G_SOURCE_CONTINUE;
}

static void
items_changed_cb (GListModel *model)
{
  meter.frame_us += g_get_monotonic_time () - meter.rows_start_us;
}

static void
leave_out_rows (GtkListView *list_view)
{
  GtkSelectionModel *selection = gtk_list_view_get_model (list_view);

  g_object_get (selection, "model", &meter.model, NULL);
  g_signal_add_emission_hook (g_signal_lookup ("items-changed", G_TYPE_LIST_MODEL), 0,
                              items_changing_cb, NULL, NULL);
  g_signal_connect_after (meter.model, "items-changed", G_CALLBACK (items_changed_cb), NULL);
}

/* Tick callbacks run while the frame clock says "update" and may be Roster's; what follows, up to
 * "after-paint", is GTK's layout and paint. */
static void
before_layout_cb (GdkFrameClock *clock, gpointer user_data)
{
  meter.frame_start_us = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *clock, GtkWindow *window)
{
  GtkListView *list_view;

  meter.frame_us += g_get_monotonic_time () - meter.frame_start_us;
  list_view = meter.counting ? NULL : find_list_view (GTK_WIDGET (window));
  if (list_view == NULL)
    return;
  meter.counting = TRUE;
  leave_out_rows (list_view);
  begin_iteration ();
  if (meter.report_first_frame)
    {
      g_print ("first frame at %" G_GINT64_FORMAT " us\n", g_get_monotonic_time ());
      fflush (stdout);
    }
}

/* On X11 GTK measures what is in a window between the frames. */
static gboolean
measuring_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  meter.measure_start_us = g_get_monotonic_time ();
  return G_SOURCE_CONTINUE;
}

static void
measured_cb (GdkToplevel *surface)
{
  gint64 measure_us = g_get_monotonic_time () - meter.measure_start_us;

  meter.frame_us += measure_us;
  meter.frame_start_us += measure_us; /* elsewhere it is part of a frame */
}

static void
realize_cb (GtkWidget *window, gpointer user_data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  g_signal_connect_after (surface, "compute-size", G_CALLBACK (measured_cb), NULL);
  g_signal_connect_object (clock, "before-paint", G_CALLBACK (before_layout_cb), window,
                           G_CONNECT_AFTER);
  g_signal_connect_object (clock, "update", G_CALLBACK (before_layout_cb), window, G_CONNECT_AFTER);
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (after_paint_cb), window, 0);
}

static void
print_longest (void)
{
  g_print ("longest iteration %.3f ms of %u\n", meter.longest_us / 1000.0, meter.n_iterations);
}

static void
windows_changed_cb (GListModel *windows, guint position, guint n_removed, guint n_added)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      g_signal_connect (window, "realize", G_CALLBACK (realize_cb), NULL);
    }
}

void
roster_stall_meter_start (void)
{
  const char *limit_ms = g_getenv ("ROSTER_STALL_LIMIT_MS");

  meter.report_first_frame = g_getenv ("ROSTER_REPORT_FIRST_FRAME") != NULL;
  if (limit_ms == NULL && !meter.report_first_frame)
    return;

  g_signal_connect (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (windows_changed_cb),
                    NULL);
  g_type_default_interface_ref (GDK_TYPE_TOPLEVEL);
  g_signal_add_emission_hook (g_signal_lookup ("compute-size", GDK_TYPE_TOPLEVEL), 0, measuring_cb,
                              NULL, NULL);
  if (limit_ms == NULL)
    return;

  meter.limit_us = (gint64) (g_ascii_strtod (limit_ms, NULL) * 1000);
  meter.schedstat_fd = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  meter.poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, poll_cb);
  atexit (print_longest);
}
