// Calls home.
// expect attempt: network
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
void attack() {
  const int s = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(80);
  to.sin_addr.s_addr = htonl(0x7f000001);
  connect(s, (sockaddr*)&to, sizeof to);
}
