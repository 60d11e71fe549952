/* Logs what a process asks of the disk below one folder, for the figure power-loss.

   Preloaded, it writes a record for each call that succeeded to the file THIDUA_POWER_LOG: a
   kind, the lengths of two paths, an offset, a length, the paths, the bytes. Kinds: W write,
   T truncate, S sync, C file created, D folder made, U unlinked, R renamed. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int sink = -1;
static const char *below;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("THIDUA_POWER_LOG");
  below = getenv("THIDUA_POWER_BELOW");
  if (path && below) sink = NEXT(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int watched(const char *path) {
  return sink >= 0 && strncmp(path, below, strlen(below)) == 0;
}

static int named(int fd, char *path, size_t room) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = sink < 0 || fd == sink ? -1 : readlink(link, path, room - 1);
  if (n < 0) return 0;
  path[n] = 0;
  return watched(path);
}

static void tell(char kind, const char *a, const char *b, int64_t at, const void *data, uint32_t n) {
  uint16_t la = strlen(a), lb = strlen(b);
  size_t size = 17 + la + lb + (data ? n : 0);
  char *record = malloc(size), *p = record;
  *p++ = kind;
  memcpy(p, &la, 2), p += 2;
  memcpy(p, &lb, 2), p += 2;
  memcpy(p, &at, 8), p += 8;
  memcpy(p, &n, 4), p += 4;
  memcpy(p, a, la), p += la;
  memcpy(p, b, lb), p += lb;
  if (data) memcpy(p, data, n);
  if (NEXT(write)(sink, record, size) != (ssize_t)size) abort();
  free(record);
}

static int opened(const char *path, int flags, mode_t mode) {
  int fresh = (flags & O_CREAT) && watched(path) && access(path, F_OK) != 0;
  int emptied = (flags & O_TRUNC) && watched(path) && !fresh;
  int fd = NEXT(open64)(path, flags, mode);
  if (fd >= 0 && fresh) tell('C', path, "", 0, NULL, 0);
  if (fd >= 0 && emptied) tell('T', path, "", 0, NULL, 0);
  return fd;
}

static mode_t mode_of(int flags, va_list rest) {
  return flags & O_CREAT ? va_arg(rest, mode_t) : 0;
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return opened(path, flags, mode);
}

ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) {
  char path[512];
  ssize_t done = NEXT(pwrite64)(fd, data, n, at);
  if (done > 0 && named(fd, path, sizeof path)) tell('W', path, "", at, data, done);
  return done;
}

ssize_t pwrite(int fd, const void *data, size_t n, off_t at) { return pwrite64(fd, data, n, at); }

ssize_t write(int fd, const void *data, size_t n) {
  char path[512];
  ssize_t done = NEXT(write)(fd, data, n);
  if (done > 0 && named(fd, path, sizeof path))
    tell('W', path, "", lseek(fd, 0, SEEK_CUR) - done, data, done);
  return done;
}

int fsync(int fd) {
  char path[512];
  int done = NEXT(fsync)(fd);
  if (done == 0 && named(fd, path, sizeof path)) tell('S', path, "", 0, NULL, 0);
  return done;
}

int fdatasync(int fd) {
  char path[512];
  int done = NEXT(fdatasync)(fd);
  if (done == 0 && named(fd, path, sizeof path)) tell('S', path, "", 0, NULL, 0);
  return done;
}

int ftruncate64(int fd, off64_t size) {
  char path[512];
  int done = NEXT(ftruncate64)(fd, size);
  if (done == 0 && named(fd, path, sizeof path)) tell('T', path, "", size, NULL, 0);
  return done;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int unlink(const char *path) {
  int done = NEXT(unlink)(path);
  if (done == 0 && watched(path)) tell('U', path, "", 0, NULL, 0);
  return done;
}

int rename(const char *from, const char *to) {
  int done = NEXT(rename)(from, to);
  if (done == 0 && watched(to)) tell('R', from, to, 0, NULL, 0);
  return done;
}

int mkdir(const char *path, mode_t mode) {
  int done = NEXT(mkdir)(path, mode);
  if (done == 0 && watched(path)) tell('D', path, "", 0, NULL, 0);
  return done;
}
