// Linux calls that Swift's Glibc module leaves out: epoll, eventfd, accept4.
#ifndef PECULE_SYSTEM_SHIM_H
#define PECULE_SYSTEM_SHIM_H

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <stddef.h>

// Declared for _GNU_SOURCE alone, and defining that here would change types other C modules share.
#ifndef __USE_GNU
extern int accept4(int, struct sockaddr *, socklen_t *, int);
#endif

/// The next connection, non-blocking; -1 and errno without one.
static inline int pecule_accept(int listener) {
    return accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

#endif
