// Talks to the judge's own socket.
// expect attempt: network
#include <sys/socket.h>
void attack() {
  int pair[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  msghdr message{};
  for (int fd = 5; fd < 64; ++fd) sendmsg(fd, &message, 0);
}
