/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* JSON (RFC 8259) from strangers. Any thread. */

/**
 * roster_json_parse_object:
 * @text: need not be terminated
 * @n_bytes: its length
 *
 * Returns: (transfer full) (nullable): the object that @text is; %NULL for anything else, and for
 * more than ROSTER_JSON_MAX_DEPTH levels, more than ROSTER_JSON_MAX_BYTES, names that come twice,
 * and NUL in a string
 */
JsonObject *roster_json_parse_object (const char *text, gsize n_bytes);

#define ROSTER_JSON_MAX_BYTES (256 * 1024)
#define ROSTER_JSON_MAX_DEPTH 32

/*
 * The members. Each gives %FALSE for a member of another type, and %TRUE without one; then @value
 * is what it is for null: %NULL, 0, %FALSE. Strings are valid UTF-8 and belong to the object.
 */
gboolean roster_json_read_string (JsonObject *object, const char *name, const char **value);
gboolean roster_json_read_boolean (JsonObject *object, const char *name, gboolean *value);

/** roster_json_read_seconds: a whole number of seconds, or a fraction, that is cut (NumericDate of
 * RFC 7519, section 2). */
gboolean roster_json_read_seconds (JsonObject *object, const char *name, gint64 *value);

/** roster_json_read_strings: @value: (transfer none): the array, of which every element is a
 * string.
 */
gboolean roster_json_read_strings (JsonObject *object, const char *name, JsonArray **value);

/** roster_json_has_string: whether @array has it; %FALSE without an array. */
gboolean roster_json_has_string (JsonArray *array, const char *text);

G_END_DECLS
