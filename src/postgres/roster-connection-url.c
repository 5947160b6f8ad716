/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Connection URLs: what Prisma allows in them and libpq does not, and what Roster demands of them.
 * Any thread; immutable once parsed. */

#include "config.h"

#include "roster-connection-url.h"

#include <gio/gio.h>
#include <libpq-fe.h>

#include "roster-error.h"
#include "roster-secret-string.h"

struct _RosterConnectionUrl
{
  /* Both end with NULL. */
  GPtrArray *keywords;
  GPtrArray *values;
  gboolean names_pooler;
};

/* https://www.prisma.io/docs/orm/overview/databases/postgresql, "Arguments" */
static const char *const PRISMA_ONLY[] = {
  "connection_limit",
  "max_connection_lifetime",
  "max_idle_connection_lifetime",
  "pgbouncer",
  "pool_timeout",
  "schema",
  "socket_timeout",
  "single_use_connections",
  "sslaccept",
  "sslidentity",
  "statement_cache_size",
  NULL,
};

/* Where systems keep the authorities they trust; libpq 15 does not know by itself. */
static const char *const CA_BUNDLES[] = {
  "/etc/ssl/certs/ca-certificates.crt", /* Debian, Arch, the Flatpak runtimes */
  "/etc/pki/tls/certs/ca-bundle.crt",   /* Fedora */
  "/etc/ssl/ca-bundle.pem",             /* openSUSE */
  "/etc/ssl/cert.pem",                  /* Alpine */
};

/* What is not said otherwise. A sleeping database takes seconds to wake up; a dead link is to be
 * known in seconds, too. */
static const char *const DEFAULTS[][2] = {
  { "connect_timeout", "20" },      { "tcp_user_timeout", "15000" }, { "keepalives_idle", "15" },
  { "keepalives_interval", "5" },   { "keepalives_count", "3" },     { "gssencmode", "disable" },
  { "application_name", "roster" },
};

/* A service's file could name another server, Kerberos would take the place of TLS. */
static const char *const NOT_THE_URLS_TO_SAY[] = {
  "gssencmode", "service", "sslmode", "sslrootcert", NULL,
};

static void
take (RosterConnectionUrl *self, const char *keyword, const char *value)
{
  g_ptr_array_insert (self->keywords, (int) self->keywords->len - 1, g_strdup (keyword));
  g_ptr_array_insert (self->values, (int) self->values->len - 1, g_strdup (value));
}

const char *
roster_connection_url_get (const RosterConnectionUrl *self, const char *keyword)
{
  for (guint i = 0; i + 1 < self->keywords->len; i++)
    if (g_str_equal (self->keywords->pdata[i], keyword))
      return self->values->pdata[i];
  return NULL;
}

/* Takes Prisma's own parameters out of the URL. */
static char *
without_prisma (RosterConnectionUrl *self, const char *text)
{
  const char *query = strchr (text, '?');
  g_autoptr (GString) result =
      g_string_new_len (text, query ? query - text : (gssize) strlen (text));
  g_auto (GStrv) parameters = g_strsplit (query ? query + 1 : "", "&", -1);
  char separator = '?';

  for (guint i = 0; parameters[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (parameters[i], "=", 2);

      if (!parts[0] || parts[0][0] == '\0')
        continue;
      if (g_strv_contains (PRISMA_ONLY, parts[0]))
        {
          if (g_str_equal (parts[0], "pgbouncer") && g_strcmp0 (parts[1], "true") == 0)
            self->names_pooler = TRUE;
          continue;
        }
      g_string_append_c (result, separator);
      g_string_append (result, parameters[i]);
      separator = '&';
    }
  return g_string_free (g_steal_pointer (&result), FALSE);
}

/* libpq looks at it only when it connects. */
static gboolean
are_ports (const char *text)
{
  g_auto (GStrv) ports = g_strsplit (text, ",", -1);

  for (guint i = 0; ports[i]; i++)
    if (ports[i][0] != '\0' && !g_ascii_string_to_unsigned (ports[i], 10, 1, 65535, NULL, NULL))
      return FALSE;
  return TRUE;
}

static gboolean
is_here (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (host[0] == '\0' || host[0] == '/' || host[0] == '@' ||
      g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (host);
  return address && g_inet_address_get_is_loopback (address);
}

/* Whether nothing leaves this computer: every host, and every address that stands for one. */
static gboolean
stays_here (const RosterConnectionUrl *self)
{
  static const char *const PLACES[] = { "host", "hostaddr" };

  for (guint i = 0; i < G_N_ELEMENTS (PLACES); i++)
    {
      const char *value = roster_connection_url_get (self, PLACES[i]);
      g_auto (GStrv) hosts = g_strsplit (value ? value : "", ",", -1);

      for (guint j = 0; hosts[j]; j++)
        if (!is_here (hosts[j]))
          return FALSE;
    }
  return TRUE;
}

static const char *
find_ca_bundle (void)
{
  const char *named = g_getenv ("SSL_CERT_FILE");

  if (named && named[0] != '\0')
    return named;
  for (guint i = 0; i < G_N_ELEMENTS (CA_BUNDLES); i++)
    if (g_file_test (CA_BUNDLES[i], G_FILE_TEST_EXISTS))
      return CA_BUNDLES[i];
  return CA_BUNDLES[0];
}

/* sslmode=require alone would accept anybody's certificate. */
static void
demand_encryption (RosterConnectionUrl *self, const char *mode, const char *ca)
{
  if (!stays_here (self))
    {
      take (self, "sslmode", "verify-full");
      take (self, "sslrootcert", ca ? ca : find_ca_bundle ());
      return;
    }
  if (mode && g_str_has_prefix (mode, "verify-"))
    take (self, "sslrootcert", ca ? ca : find_ca_bundle ());
  else if (ca)
    take (self, "sslrootcert", ca);
  take (self, "sslmode", mode ? mode : "prefer");
}

static gboolean
set_unreadable_error (GError **error)
{
  g_set_error_literal (
      error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
      "The database URL cannot be read. It looks like "
      "postgresql://user:password@host/database?sslmode=require; special characters "
      "in the password are written as %40 and the like.");
  return FALSE;
}

static gboolean
parse (RosterConnectionUrl *self, const char *text, GError **error)
{
  g_autofree char *plain = without_prisma (self, text);
  g_autofree char *mode = NULL;
  g_autofree char *ca = NULL;
  PQconninfoOption *options;
  const char *port;

  if (!g_str_has_prefix (plain, "postgresql://") && !g_str_has_prefix (plain, "postgres://"))
    return set_unreadable_error (error);
  /* libpq's own message would repeat the URL, and the password in it. */
  options = PQconninfoParse (plain, NULL);
  if (!options)
    return set_unreadable_error (error);
  for (PQconninfoOption *option = options; option->keyword; option++)
    {
      if (!option->val)
        continue;
      if (g_str_equal (option->keyword, "sslmode"))
        mode = g_strdup (option->val);
      else if (g_str_equal (option->keyword, "sslrootcert"))
        ca = g_strdup (option->val);
      if (!g_strv_contains (NOT_THE_URLS_TO_SAY, option->keyword))
        take (self, option->keyword, option->val);
    }
  PQconninfoFree (options);

  port = roster_connection_url_get (self, "port");
  if (!roster_connection_url_get (self, "dbname") || !roster_connection_url_get (self, "user") ||
      (port && !are_ports (port)))
    return set_unreadable_error (error);
  /* Else the environment could name another one, with less encryption. */
  if (!roster_connection_url_get (self, "host") && !roster_connection_url_get (self, "hostaddr"))
    take (self, "host", "/var/run/postgresql");
  for (guint i = 0; i < G_N_ELEMENTS (DEFAULTS); i++)
    if (!roster_connection_url_get (self, DEFAULTS[i][0]))
      take (self, DEFAULTS[i][0], DEFAULTS[i][1]);
  demand_encryption (self, mode, ca);
  return TRUE;
}

RosterConnectionUrl *
roster_connection_url_parse (const char *text, GError **error)
{
  g_autoptr (RosterConnectionUrl) self = g_new0 (RosterConnectionUrl, 1);

  self->keywords = g_ptr_array_new_with_free_func (g_free);
  /* The password is among them. */
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_secret_string_free);
  g_ptr_array_add (self->keywords, NULL);
  g_ptr_array_add (self->values, NULL);
  return parse (self, text, error) ? g_steal_pointer (&self) : NULL;
}

void
roster_connection_url_free (RosterConnectionUrl *self)
{
  g_ptr_array_unref (self->keywords);
  g_ptr_array_unref (self->values);
  g_free (self);
}

const char *const *
roster_connection_url_get_keywords (const RosterConnectionUrl *self)
{
  return (const char *const *) self->keywords->pdata;
}

const char *const *
roster_connection_url_get_values (const RosterConnectionUrl *self)
{
  return (const char *const *) self->values->pdata;
}

gboolean
roster_connection_url_names_pooler (const RosterConnectionUrl *self)
{
  const char *host = roster_connection_url_get (self, "host");

  /* Neon's poolers are called so. */
  return self->names_pooler || (host && strstr (host, "-pooler."));
}
