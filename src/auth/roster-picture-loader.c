/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One picture, the last one, is kept. Main thread. */

#define G_LOG_DOMAIN "roster-auth"

#include "config.h"

#include "roster-picture-loader.h"

#include <string.h>

#include "roster-auth-fault.h"
#include "roster-endpoint.h"

static const char *const TYPES[] = { "image/png", "image/jpeg", "image/webp", NULL };

struct _RosterPictureLoader
{
  GObject parent_instance;

  RosterHttp *http;
  gboolean takes_plain_http;
  char *uri;
  GBytes *picture;
};

G_DEFINE_FINAL_TYPE (RosterPictureLoader, roster_picture_loader, G_TYPE_OBJECT)

/* Sizes */

static guint
read_be (const guint8 *bytes, gsize n_bytes)
{
  guint number = 0;

  for (gsize i = 0; i < n_bytes; i++)
    number = number << 8 | bytes[i];
  return number;
}

static guint
read_le (const guint8 *bytes, gsize n_bytes)
{
  guint number = 0;

  while (n_bytes > 0)
    number = number << 8 | bytes[--n_bytes];
  return number;
}

static gboolean
is_small (guint width, guint height)
{
  return width > 0 && height > 0 && width <= ROSTER_PICTURE_MAX_PIXELS &&
         height <= ROSTER_PICTURE_MAX_PIXELS;
}

/* PNG (ISO/IEC 15948), 5.2 and 11.2.2. */
static gboolean
is_small_png (const guint8 *bytes, gsize n_bytes)
{
  return n_bytes >= 24 && memcmp (bytes, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) == 0 &&
         is_small (read_be (bytes + 16, 4), read_be (bytes + 20, 4));
}

/* ITU-T T.81, annex B: segments up to the one that begins a frame. */
static gboolean
is_small_jpeg (const guint8 *bytes, gsize n_bytes)
{
  if (n_bytes < 4 || memcmp (bytes, "\xff\xd8\xff", 3) != 0)
    return FALSE;
  for (gsize i = 2; i + 9 <= n_bytes && bytes[i] == 0xff;)
    {
      guint8 marker = bytes[i + 1];

      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        return is_small (read_be (bytes + i + 7, 2), read_be (bytes + i + 5, 2));
      /* The image itself, or nothing with a length: there was no frame. */
      if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xda))
        return FALSE;
      i += 2 + MAX (read_be (bytes + i + 2, 2), 2);
    }
  return FALSE;
}

/* RFC 9649, sections 2.4 to 2.7, with RFC 6386, section 9.1, for the lossy ones. */
static gboolean
is_small_webp (const guint8 *bytes, gsize n_bytes)
{
  if (n_bytes < 30 || memcmp (bytes, "RIFF", 4) != 0 || memcmp (bytes + 8, "WEBP", 4) != 0)
    return FALSE;
  if (memcmp (bytes + 12, "VP8X", 4) == 0)
    return is_small (read_le (bytes + 24, 3) + 1, read_le (bytes + 27, 3) + 1);
  if (memcmp (bytes + 12, "VP8L", 4) == 0)
    return bytes[20] == 0x2f && is_small ((read_le (bytes + 21, 4) & 0x3fff) + 1,
                                          (read_le (bytes + 21, 4) >> 14 & 0x3fff) + 1);
  return memcmp (bytes + 12, "VP8 ", 4) == 0 && memcmp (bytes + 23, "\x9d\x01\x2a", 3) == 0 &&
         is_small (read_le (bytes + 26, 2) & 0x3fff, read_le (bytes + 28, 2) & 0x3fff);
}

gboolean
roster_picture_is_harmless (const guint8 *bytes, gsize n_bytes)
{
  return is_small_png (bytes, n_bytes) || is_small_jpeg (bytes, n_bytes) ||
         is_small_webp (bytes, n_bytes);
}

/* Loading */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterPictureLoader *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterHttpResponse) response =
      roster_http_send_finish (ROSTER_HTTP (source), result, &error);

  if (response && !roster_picture_is_harmless ((const guint8 *) response->body, response->n_bytes))
    roster_auth_fail (&error, ROSTER_AUTH_UNUSABLE, "not a small picture");
  if (error)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_free (self->uri);
  self->uri = g_strdup (g_task_get_task_data (task));
  g_clear_pointer (&self->picture, g_bytes_unref);
  self->picture = g_bytes_new (response->body, response->n_bytes);
  g_task_return_pointer (task, g_bytes_ref (self->picture), (GDestroyNotify) g_bytes_unref);
}

static gboolean
is_allowed (RosterPictureLoader *self, const char *text)
{
  g_autoptr (GUri) uri = roster_endpoint_parse (text);

  return uri && (self->takes_plain_http || g_str_equal (g_uri_get_scheme (uri), "https"));
}

/* GObject */

static void
roster_picture_loader_finalize (GObject *object)
{
  RosterPictureLoader *self = ROSTER_PICTURE_LOADER (object);

  g_object_unref (self->http);
  g_free (self->uri);
  g_clear_pointer (&self->picture, g_bytes_unref);

  G_OBJECT_CLASS (roster_picture_loader_parent_class)->finalize (object);
}

static void
roster_picture_loader_class_init (RosterPictureLoaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = roster_picture_loader_finalize;
}

static void
roster_picture_loader_init (RosterPictureLoader *self)
{
}

RosterPictureLoader *
roster_picture_loader_new (void)
{
  RosterPictureLoader *self = g_object_new (ROSTER_TYPE_PICTURE_LOADER, NULL);

  self->http = roster_http_new_for_addresses (roster_address_is_public);
  return self;
}

RosterPictureLoader *
roster_picture_loader_new_with_http (RosterHttp *http)
{
  RosterPictureLoader *self = g_object_new (ROSTER_TYPE_PICTURE_LOADER, NULL);

  self->http = http;
  self->takes_plain_http = TRUE;
  return self;
}

void
roster_picture_loader_load_async (RosterPictureLoader *self,
                                  const char *uri,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  const RosterHttpRequest request = {
    .uri = uri,
    .content_types = TYPES,
    .max_bytes = ROSTER_PICTURE_MAX_BYTES,
  };

  g_task_set_source_tag (task, roster_picture_loader_load_async);
  if (self->picture && g_strcmp0 (self->uri, uri) == 0)
    {
      g_task_return_pointer (task, g_bytes_ref (self->picture), (GDestroyNotify) g_bytes_unref);
      return;
    }
  if (!is_allowed (self, uri))
    {
      roster_auth_fail (&error, ROSTER_AUTH_UNUSABLE, "a picture that is not on https");
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_set_task_data (task, g_strdup (uri), g_free);
  roster_http_send_async (self->http, &request, cancellable, loaded_cb, g_steal_pointer (&task));
}

GBytes *
roster_picture_loader_load_finish (RosterPictureLoader *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
