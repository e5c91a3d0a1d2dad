#ifndef PECULE_QRENCODE_SHIM_H
#define PECULE_QRENCODE_SHIM_H

#include <qrencode.h>

#endif
