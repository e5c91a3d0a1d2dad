// OpenSSL 3 as Swift sees it; macros that Swift cannot call become functions here.
#ifndef PECULE_OPENSSL_SHIM_H
#define PECULE_OPENSSL_SHIM_H

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#endif
