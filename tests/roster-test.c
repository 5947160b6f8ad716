/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Waiting without sleeping, and private folders. Main thread of a test. */

#include "config.h"

#include "roster-test.h"

#define TICK_MS 10

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
roster_test_wait (gboolean (*condition) (gpointer user_data), gpointer user_data)
{
  GMainContext *context = g_main_context_ref_thread_default ();
  gint64 deadline_us = g_get_monotonic_time () + ROSTER_TEST_DEADLINE_S * G_USEC_PER_SEC;
  /* What another thread does need not wake this one. */
  g_autoptr (GSource) tick = g_timeout_source_new (TICK_MS);

  g_source_set_callback (tick, tick_cb, NULL, NULL);
  g_source_attach (tick, context);
  while (!condition (user_data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      g_main_context_iteration (context, TRUE);
    }
  g_source_destroy (tick);
  g_main_context_unref (context);
}

void
roster_test_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  g_assert_null (*kept);
  *kept = g_object_ref (result);
}

static gboolean
is_set (gpointer user_data)
{
  return *(gpointer *) user_data != NULL;
}

GAsyncResult *
roster_test_await (GAsyncResult **result)
{
  roster_test_wait (is_set, result);
  return g_steal_pointer (result);
}

static gboolean
is_gone (gpointer user_data)
{
  return !is_set (user_data);
}

void
roster_test_finalize (gpointer object)
{
  g_object_add_weak_pointer (object, &object);
  g_object_unref (object);
  roster_test_wait (is_gone, &object);
}

GFile *
roster_test_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_dir_make_tmp ("roster-test-XXXXXX", &error);

  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static void
delete_tree (GFile *file)
{
  g_autoptr (GFileEnumerator) children = NULL;

  children = g_file_enumerate_children (file, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                        G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  while (children)
    {
      GFile *child = NULL;

      if (!g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) || !child)
        break;
      delete_tree (child);
    }
  g_file_delete (file, NULL, NULL);
}

void
roster_test_folder_delete (GFile *folder)
{
  delete_tree (folder);
  g_object_unref (folder);
}
