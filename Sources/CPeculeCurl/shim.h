// libcurl's setters and getters are variadic, which Swift cannot call: one typed function for each argument type.
#ifndef PECULE_CURL_SHIM_H
#define PECULE_CURL_SHIM_H

#include <curl/curl.h>

#endif
