#include "gradwalk/harness/attempt.hpp"

#include <fmt/format.h>
#include <seccomp.h>
#include <sys/syscall.h>

#include <cstdlib>

#include "gradwalk/tracer/language.hpp"
#include "words.hpp"

namespace gradwalk::harness {

namespace {

/// What the C library looks for by itself, when a program asks for its language or the time.
bool is_harmless(const std::string& path) {
  if (path.find("..") != std::string::npos) return false;
  for (const char* folder : {"/usr/lib/locale/", "/usr/share/locale/", "/usr/share/zoneinfo/", "/etc/localtime"})
    if (path.starts_with(folder)) return true;
  return false;
}

}  // namespace

std::string describe_attempt(int system_call, const std::string& asked_for) {
  const std::string path = printable(asked_for);  // it is the submission's, and a terminal may be listening
  switch (system_call) {
    case SYS_socket:
    case SYS_socketpair:
    case SYS_connect:
    case SYS_bind:
      return tr("it tried to open a network connection");
    case SYS_fork:
    case SYS_vfork:
    case SYS_clone:
      return tr("it tried to start another process");
    case SYS_execve:
    case SYS_execveat:
      return tr("it tried to run another program");
    case SYS_ptrace:
    case SYS_process_vm_readv:
    case SYS_process_vm_writev:
    case SYS_pidfd_open:
    case SYS_pidfd_getfd:
      return tr("it tried to look into another process");
    case SYS_kill:
    case SYS_tkill:
    case SYS_tgkill:
    case SYS_rt_sigqueueinfo:
    case SYS_pidfd_send_signal:
      return tr("it tried to send a signal to another process");
    case SYS_open:
    case SYS_openat:
    case SYS_openat2:
    case SYS_creat:
      if (is_harmless(path)) return {};
      if (path == "/proc" || path.starts_with("/proc/"))
        return tr("it tried to read about processes: {path}", fmt::arg("path", path));
      return tr("it tried to open the file {path}", fmt::arg("path", path));
    case SYS_stat:
    case SYS_lstat:
    case SYS_newfstatat:
    case SYS_statx:
    case SYS_access:
    case SYS_faccessat:
    case SYS_faccessat2:
    case SYS_readlink:
    case SYS_readlinkat:
      return tr("it tried to look for the file {path}", fmt::arg("path", path));
    case SYS_unlink:
    case SYS_unlinkat:
    case SYS_rename:
    case SYS_renameat:
    case SYS_renameat2:
    case SYS_mkdir:
    case SYS_mkdirat:
    case SYS_rmdir:
    case SYS_symlink:
    case SYS_symlinkat:
    case SYS_link:
    case SYS_linkat:
    case SYS_truncate:
    case SYS_chmod:
    case SYS_fchmodat:
    case SYS_chown:
    case SYS_fchownat:
      return tr("it tried to change files");
    case SYS_setrlimit:
    case SYS_prlimit64:
      return tr("it tried to change its limits");
    case SYS_dup:
    case SYS_dup2:
    case SYS_dup3:
    case SYS_pipe:
    case SYS_pipe2:
      return tr("it tried to make further descriptors");
    default:
      break;
  }
  char* name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, system_call);
  const std::string call = name ? name : std::to_string(system_call);
  std::free(name);
  return tr("it made the system call {call}, which is refused", fmt::arg("call", call));
}

}  // namespace gradwalk::harness
