// libpq as Swift sees it; the macro that is a character becomes a function here.
#ifndef PECULE_POSTGRES_SHIM_H
#define PECULE_POSTGRES_SHIM_H

#include <libpq-fe.h>

// NULL for what did not come from the server.
static inline const char *pecule_postgres_sqlstate(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

#endif
