/* The whole contract. */
#include <stddef.h>

#include <gleaner/abi.h>
#include <gleaner/ext/account.h>
#include <gleaner/ext/clock.h>
#include <gleaner/ext/file.h>
#include <gleaner/ext/http.h>
#include <gleaner/ext/log.h>
#include <gleaner/ext/mail.h>
#include <gleaner/ext/secret.h>
#include <gleaner/ext/store.h>
