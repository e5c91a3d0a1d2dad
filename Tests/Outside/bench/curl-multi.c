// The peer of `bench client`: the least that libcurl's multi interface needs to keep 64 GETs in flight.
//   curl-multi URL COUNT
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

enum { in_flight = 64 };

static size_t discard(char *bytes, size_t size, size_t count, void *owner) {
    (void)bytes, (void)owner;
    return size * count;
}

static CURL *make(const char *url) {
    CURL *easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, discard);
    return easy;
}

int main(int argc, char **argv) {
    if (argc != 3) return fprintf(stderr, "usage: curl-multi URL COUNT\n"), 2;
    long wanted = atol(argv[2]), begun = 0, ended = 0;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURLM *multi = curl_multi_init();
    for (; begun < in_flight && begun < wanted; begun++) curl_multi_add_handle(multi, make(argv[1]));
    while (ended < wanted) {
        int running, left, harvested = 0;
        curl_multi_perform(multi, &running);
        for (CURLMsg *message; (message = curl_multi_info_read(multi, &left)); harvested++, ended++) {
            CURL *easy = message->easy_handle;
            long status = 0;
            curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
            if (message->data.result != CURLE_OK || status != 200) return fprintf(stderr, "a request failed\n"), 1;
            curl_multi_remove_handle(multi, easy);
            if (begun < wanted) curl_multi_add_handle(multi, easy), begun++;
        }
        if (harvested == 0) curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    return 0;
}
