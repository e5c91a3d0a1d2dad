// Linux calls that Swift's Glibc module leaves out: epoll, eventfd, accept4.
#ifndef PECULE_SYSTEM_SHIM_H
#define PECULE_SYSTEM_SHIM_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#endif
