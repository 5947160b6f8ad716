/* SPDX-License-Identifier: GPL-3.0-or-later */

/* No state. */

#define G_LOG_DOMAIN "roster-team"

#include "config.h"

#include "roster-invitation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "roster-env-file.h"
#include "roster-error.h"
#include "roster-provider.h"
#include "roster-secret-string.h"

#define MAX_BYTES (64 * 1024)

static void
put (GHashTable *values, const char *name, const char *value)
{
  if (value != NULL)
    g_hash_table_insert (values, g_strdup (name), g_strdup (value));
}

static GHashTable *
parse_client (const char *text, gsize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, length);
  g_autoptr (RosterProvider) provider = roster_provider_new_from_client_json (bytes, error);
  GHashTable *values;

  if (provider == NULL)
    return NULL;
  values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                  (GDestroyNotify) roster_secret_string_free);
  put (values, "AUTH_GOOGLE_ID", provider->client_id);
  put (values, "AUTH_GOOGLE_SECRET", provider->client_secret);
  return values;
}

static GHashTable *
parse_invitation (const char *text, gsize length, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GHashTable) values =
      strlen (text) == length ? roster_env_file_parse ("", text, length, &failure) : NULL;

  if (values != NULL && (g_hash_table_contains (values, "DATABASE_URL") ||
                         g_hash_table_contains (values, "AUTH_GOOGLE_ID")))
    return g_steal_pointer (&values);
  g_info ("An invitation: %s", failure != NULL ? failure->message : "nothing in it for Roster");
  g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
                       _ ("This file is no invitation to a team’s directory. Ask who sent it to "
                          "you for another one."));
  return NULL;
}

/* Only of an ordinary file is it known that reading it comes to an end. */
static char *
load (GFile *file, gsize *length, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                         G_FILE_QUERY_INFO_NONE, cancellable, error);
  char *text = NULL;

  if (info == NULL)
    return NULL;
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR &&
      g_file_info_get_size (info) <= MAX_BYTES)
    g_file_load_contents (file, cancellable, &text, length, NULL, error);
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "no small file");
  return text;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  g_auto (RosterSecretString) text = load (data, &length, cancellable, &error);
  const char *start = text;
  GHashTable *values;

  while (start != NULL && g_ascii_isspace (*start))
    start++;
  if (start == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_info ("An invitation cannot be read: %s", error->message);
      g_clear_error (&error);
      g_set_error_literal (&error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
                           _ ("The file cannot be read. Choose the invitation again."));
    }
  values = start == NULL   ? NULL
           : *start == '{' ? parse_client (text, length, &error)
                           : parse_invitation (text, length, &error);
  if (values != NULL)
    g_task_return_pointer (task, values, (GDestroyNotify) g_hash_table_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
roster_invitation_read_async (GFile *file,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, roster_invitation_read_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, read_in_thread);
}

GHashTable *
roster_invitation_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
