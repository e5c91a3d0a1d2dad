// zlib as Swift sees it; the macro becomes a function here.
#ifndef PECULE_ZLIB_SHIM_H
#define PECULE_ZLIB_SHIM_H

#include <zlib.h>

static inline int pecule_inflate_begin(z_stream *stream) { return inflateInit(stream); }

#endif
