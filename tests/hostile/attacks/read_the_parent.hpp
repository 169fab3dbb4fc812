// Reads the jail's memory.
// expect attempt: another process
#include <sys/uio.h>
#include <unistd.h>
void attack() {
  char here[64];
  iovec local{here, sizeof here}, remote{(void*)0x400000, sizeof here};
  process_vm_readv(1, &local, 1, &remote, 1, 0);
}
