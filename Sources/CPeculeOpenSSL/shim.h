// OpenSSL 3 as Swift sees it; macros that Swift cannot call become functions here.
#ifndef PECULE_OPENSSL_SHIM_H
#define PECULE_OPENSSL_SHIM_H

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// Server side of TLS: what the library offers as macros only.
static inline void pecule_ssl_ctx_harden(SSL_CTX *context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    // A write may be taken up later, from a buffer that has moved; idle connections keep no buffers.
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
        | SSL_MODE_RELEASE_BUFFERS);
    // One system call for each record instead of two.
    SSL_CTX_set_read_ahead(context, 1);
}

// A distinguished name in the form of RFC 2253 and 4514.
static inline int pecule_x509_name_print(BIO *output, const X509_NAME *name) {
    return X509_NAME_print_ex(output, name, 0, XN_FLAG_RFC2253);
}

// Public keys made of their numbers, NULL where they make none. In C, because a description keeps pointers to names.
static inline EVP_PKEY *pecule_public_key(const char *kind, OSSL_PARAM_BLD *description) {
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, kind, NULL);
    OSSL_PARAM *numbers = OSSL_PARAM_BLD_to_param(description);
    if (context && numbers && EVP_PKEY_fromdata_init(context) == 1
        && EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, numbers) != 1) {
        EVP_PKEY_free(key);
        key = NULL;
    }
    OSSL_PARAM_free(numbers);
    EVP_PKEY_CTX_free(context);
    return key;
}

static inline EVP_PKEY *pecule_rsa_public_key(const BIGNUM *modulus, const BIGNUM *exponent) {
    OSSL_PARAM_BLD *description = OSSL_PARAM_BLD_new();
    EVP_PKEY *key = NULL;
    if (OSSL_PARAM_BLD_push_BN(description, OSSL_PKEY_PARAM_RSA_N, modulus) == 1
        && OSSL_PARAM_BLD_push_BN(description, OSSL_PKEY_PARAM_RSA_E, exponent) == 1)
        key = pecule_public_key("RSA", description);
    OSSL_PARAM_BLD_free(description);
    return key;
}

static inline EVP_PKEY *pecule_p256_public_key(const unsigned char *point, size_t size) {
    OSSL_PARAM_BLD *description = OSSL_PARAM_BLD_new();
    EVP_PKEY *key = NULL;
    if (OSSL_PARAM_BLD_push_utf8_string(description, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) == 1
        && OSSL_PARAM_BLD_push_octet_string(description, OSSL_PKEY_PARAM_PUB_KEY, point, size) == 1)
        key = pecule_public_key("EC", description);
    OSSL_PARAM_BLD_free(description);
    return key;
}

#endif
