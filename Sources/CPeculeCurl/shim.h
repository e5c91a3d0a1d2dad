// libcurl's setters and getters are variadic, which Swift cannot call: one typed function for each argument type.
#ifndef PECULE_CURL_SHIM_H
#define PECULE_CURL_SHIM_H

#include <curl/curl.h>

typedef size_t (*pecule_curl_sink)(char *bytes, size_t size, size_t count, void *owner);

static inline CURLcode pecule_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode pecule_curl_set_size(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode pecule_curl_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode pecule_curl_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode pecule_curl_set_sink(CURL *easy, CURLoption option, pecule_curl_sink value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode pecule_curl_set_before_request(CURL *easy, curl_prereq_callback value) {
    return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, value);
}

static inline CURLcode pecule_curl_set_open_socket(CURL *easy, curl_opensocket_callback value) {
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, value);
}

static inline void *pecule_curl_owner(CURL *easy) {
    void *owner = NULL;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &owner);
    return owner;
}

// The last status of the server, in SMTP as in HTTP; 0 before there was one.
static inline long pecule_curl_status(CURL *easy) {
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

static inline CURLMcode pecule_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

// The result of a finished transfer lies in a union.
static inline CURLcode pecule_curl_result(const CURLMsg *message) {
    return message->data.result;
}

#endif
