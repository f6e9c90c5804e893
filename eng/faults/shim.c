/* Makes one kind of system call fail, or ends the process, at the N-th call that concerns files below a folder.
 *
 *   LD_PRELOAD=shim.so  FAULT_FOLDER=/where/the/result/goes
 *   FAULT_CALL=write|fsync|rename|open|mkdir|unlink|any   FAULT_ERROR=EIO|ENOSPC|EINTR|KILL   FAULT_AT=N   FAULT_EVERY=1 (all from the N-th on)
 *   FAULT_NO_EXCHANGE=1   the system has no exchange of names
 *   FAULT_COUNT=FILE   at the end the number of calls of that kind goes there
 *   FAULT_WATCH=FILE   that must be there after every call; where it is not, the process ends with signal 6
 *
 * .NET calls the C library in two ways: as every program does, and by names that it looks up at run time. Both lead here.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long calls;
static const char *folder, *kind, *watch;
static size_t folder_length;
static long at;
static int error, every, no_exchange, ending;

static void report(void) {
    const char *file = getenv("FAULT_COUNT");
    if (!file) return;
    char text[32];
    int length = snprintf(text, sizeof text, "%ld\n", atomic_load(&calls)), descriptor = syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (descriptor >= 0) { syscall(SYS_write, descriptor, text, length); syscall(SYS_close, descriptor); }
}

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("FAULT_ERROR");
    folder = getenv("FAULT_FOLDER");
    folder_length = folder ? strlen(folder) : 0;
    kind = getenv("FAULT_CALL");
    watch = getenv("FAULT_WATCH");
    at = getenv("FAULT_AT") ? atol(getenv("FAULT_AT")) : 0;
    every = getenv("FAULT_EVERY") != NULL;
    no_exchange = getenv("FAULT_NO_EXCHANGE") != NULL;
    error = !name ? 0 : !strcmp(name, "EIO") ? EIO : !strcmp(name, "ENOSPC") ? ENOSPC : !strcmp(name, "EINTR") ? EINTR : -1;
    atexit(report);
}

static int concerns(const char *path) { return folder && path && !strncmp(path, folder, folder_length); }

static int concerns_descriptor(int descriptor) {
    char link[64], path[4096];
    if (!folder) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return concerns(path);
}

/* Whether the call is to fail; errno is set. */
static int fails(const char *call, int concerned) {
    if (!concerned || !kind || (strcmp(kind, call) && strcmp(kind, "any"))) return 0;
    long n = atomic_fetch_add(&calls, 1) + 1;
    if (!(n == at || (every && at > 0 && n > at))) return 0;
    if (error < 0) { report(); kill(getpid(), SIGKILL); for (;;) pause(); }
    errno = error;
    return 1;
}

static int watched(int result) {
    if (watch) {
        int before = errno;
        struct stat stat;
        if (fstatat(AT_FDCWD, watch, &stat, 0) && !ending) { ending = 1; kill(getpid(), SIGABRT); }
        errno = before;
    }
    return result;
}

static int opened(const char *path, int flags, mode_t mode) {
    if (fails("open", concerns(path))) return -1;
    return watched(syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

#define OPEN(name) int name(const char *path, int flags, ...) { \
    va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more); return opened(path, flags, mode); }
OPEN(open)
OPEN(open64)

#define FAIL(call, concerned) if (fails(call, concerned)) return -1
ssize_t write(int d, const void *b, size_t n) { FAIL("write", concerns_descriptor(d)); return syscall(SYS_write, d, b, n); }
ssize_t pwrite(int d, const void *b, size_t n, off_t o) { FAIL("write", concerns_descriptor(d)); return syscall(SYS_pwrite64, d, b, n, o); }
ssize_t pwrite64(int d, const void *b, size_t n, off64_t o) { FAIL("write", concerns_descriptor(d)); return syscall(SYS_pwrite64, d, b, n, o); }
ssize_t pwritev(int d, const struct iovec *v, int c, off_t o) { FAIL("write", concerns_descriptor(d)); return syscall(SYS_pwritev, d, v, c, o, 0); }
ssize_t pwritev64(int d, const struct iovec *v, int c, off64_t o) { FAIL("write", concerns_descriptor(d)); return syscall(SYS_pwritev, d, v, c, o, 0); }
int fsync(int d) { FAIL("fsync", concerns_descriptor(d)); return syscall(SYS_fsync, d); }
int rename(const char *from, const char *to) { FAIL("rename", concerns(from)); return watched(syscall(SYS_rename, from, to)); }
int mkdir(const char *path, mode_t mode) { FAIL("mkdir", concerns(path)); return watched(syscall(SYS_mkdirat, AT_FDCWD, path, mode)); }
int unlink(const char *path) { FAIL("unlink", concerns(path)); return watched(syscall(SYS_unlinkat, AT_FDCWD, path, 0)); }
int rmdir(const char *path) { FAIL("unlink", concerns(path)); return watched(syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR)); }
int renameat2(int f, const char *from, int t, const char *to, unsigned flags) {
    if (no_exchange && flags) { errno = ENOSYS; return -1; }
    FAIL("rename", concerns(from));
    return watched(syscall(SYS_renameat2, f, from, t, to, flags));
}

/* Names that .NET looks up lead to the functions above, too. */
void *dlsym(void *library, const char *name) {
    static void *(*real)(void *, const char *);
    if (!real) real = dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.34");
    if (!real) real = dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.2.5");
    if (library != RTLD_NEXT) {
        if (!strcmp(name, "open")) return open;
        if (!strcmp(name, "fsync")) return fsync;
        if (!strcmp(name, "rename")) return rename;
        if (!strcmp(name, "renameat2")) return renameat2;
    }
    return real(library, name);
}
