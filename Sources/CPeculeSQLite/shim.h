// SQLite as Swift sees it; the macro that is a cast to a function pointer becomes a function here.
#ifndef PECULE_SQLITE_SHIM_H
#define PECULE_SQLITE_SHIM_H

#include <sqlite3.h>

// SQLite takes no copy: the text has to outlive the steps of the statement.
static inline int pecule_sqlite_bind_text(sqlite3_stmt *statement, int index, const void *text, int bytes) {
    return sqlite3_bind_text(statement, index, (const char *)text, bytes, SQLITE_STATIC);
}

// sqlite3_config takes a varying number of arguments, which Swift cannot pass.
static inline int pecule_sqlite_forgo_memory_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

#endif
