/* Lets the disk below a PostgreSQL server fail while a switch is on, for the figure faults-server.

   The switch is the first byte of the file THIDUA_DISK_SWITCH, which every process of the server
   maps: 'f' no file below base/ may grow (ENOSPC), 'b' none of them is read or written (EIO),
   'F' the log takes nothing more than half of what is written next (ENOSPC), 'B' the log takes
   what is written and its flush fails (EIO). With any other byte all is well. Nothing is flushed
   in truth: the machine goes on. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static const volatile char *fault = "";

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("THIDUA_DISK_SWITCH");
  int fd = path ? NEXT(open)(path, O_RDONLY | O_CLOEXEC) : -1;
  if (fd < 0) abort();
  fault = mmap(NULL, 1, PROT_READ, MAP_SHARED, fd, 0);
  if (fault == MAP_FAILED) abort();
  close(fd);
}

static int fail(int why) {
  errno = why;
  return -1;
}

/* Whether a file lies in that folder of the data; the server opens them by relative paths. */
static int in(const char *folder, int fd) {
  char link[64], path[512];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, sizeof path - 1);
  if (n < 0) return 0;
  path[n] = 0;
  return strstr(path, folder) != NULL;
}

static int beyond(int fd, off_t end) {
  struct stat now;
  return fstat(fd, &now) == 0 && end > now.st_size;
}

static int begins(const char *path, const char *folder) {
  return strncmp(path, folder, strlen(folder)) == 0;
}

static int opened(const char *path, int flags, mode_t mode) {
  if ((flags & O_CREAT) && access(path, F_OK) != 0) {
    if (*fault == 'f' && begins(path, "base/")) return fail(ENOSPC);
    if (*fault == 'F' && begins(path, "pg_wal/")) return fail(ENOSPC);
  }
  return NEXT(open)(path, flags, mode);
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return opened(path, flags, mode);
}

/* Why so many bytes cannot be written there, or 0. */
static int refused(int fd, size_t n, off_t at) {
  if (*fault == 'f' && in("/base/", fd) && beyond(fd, at + n)) return ENOSPC;
  if (*fault == 'b' && in("/base/", fd)) return EIO;
  return 0;
}

ssize_t pwrite(int fd, const void *data, size_t n, off_t at) {
  int why = refused(fd, n, at);
  if (why) return fail(why);
  if (*fault == 'F' && in("/pg_wal/", fd)) {
    /* As a disk that runs full: what has room is written, and the rest is asked for again. */
    static int half;
    half = !half;
    return half && n > 1 ? NEXT(pwrite)(fd, data, n / 2, at) : fail(ENOSPC);
  }
  return NEXT(pwrite)(fd, data, n, at);
}

ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) { return pwrite(fd, data, n, at); }

static size_t sum(const struct iovec *parts, int count) {
  size_t n = 0;
  while (count-- > 0) n += parts[count].iov_len;
  return n;
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
  int why = refused(fd, sum(parts, count), at);
  if (!why && *fault == 'F' && in("/pg_wal/", fd)) why = ENOSPC;
  return why ? fail(why) : NEXT(pwritev)(fd, parts, count, at);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) {
  return pwritev(fd, parts, count, at);
}

ssize_t pread(int fd, void *data, size_t n, off_t at) {
  if (*fault == 'b' && in("/base/", fd)) return fail(EIO);
  return NEXT(pread)(fd, data, n, at);
}

ssize_t pread64(int fd, void *data, size_t n, off64_t at) { return pread(fd, data, n, at); }

ssize_t preadv(int fd, const struct iovec *parts, int count, off_t at) {
  if (*fault == 'b' && in("/base/", fd)) return fail(EIO);
  return NEXT(preadv)(fd, parts, count, at);
}

ssize_t preadv64(int fd, const struct iovec *parts, int count, off64_t at) {
  return preadv(fd, parts, count, at);
}

int posix_fallocate(int fd, off_t at, off_t n) {
  int why = refused(fd, n, at);
  return why ? why : NEXT(posix_fallocate)(fd, at, n);
}

int posix_fallocate64(int fd, off64_t at, off64_t n) { return posix_fallocate(fd, at, n); }

int ftruncate(int fd, off_t size) {
  int why = refused(fd, 0, size);
  return why ? fail(why) : NEXT(ftruncate)(fd, size);
}

int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }

static int flushed(int fd) { return *fault == 'B' && in("/pg_wal/", fd) ? fail(EIO) : 0; }

int fdatasync(int fd) { return flushed(fd); }

int fsync(int fd) { return flushed(fd); }

int syncfs(int fd) { return flushed(fd); }

int sync_file_range(int fd, off64_t at, off64_t n, unsigned int flags) {
  (void)at, (void)n, (void)flags;
  return flushed(fd);
}
