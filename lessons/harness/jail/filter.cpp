#include "filter.hpp"

#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

namespace gradwalk::jail {
namespace {

// What a program needs that computes, prints and answers. Nothing here opens, connects, or reaches another process.
constexpr int allowed[] = {
    SCMP_SYS(arch_prctl),
    SCMP_SYS(brk),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(close),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(fstat),
    SCMP_SYS(futex),
    SCMP_SYS(getcpu),
    SCMP_SYS(getegid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getpid),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrusage),
    SCMP_SYS(gettid),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(getuid),
    SCMP_SYS(lseek),
    SCMP_SYS(madvise),
    SCMP_SYS(mmap),
    SCMP_SYS(mprotect),
    SCMP_SYS(mremap),
    SCMP_SYS(munmap),
    SCMP_SYS(nanosleep),
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(rseq),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_yield),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(sysinfo),
    SCMP_SYS(time),
    SCMP_SYS(times),
    SCMP_SYS(uname),
    SCMP_SYS(write),
    SCMP_SYS(writev),
};

// Refused without a word to anybody: the C library tries these by itself and lives without them.
constexpr int refused_silently[] = {SCMP_SYS(ioctl), SCMP_SYS(mbind), SCMP_SYS(sched_setaffinity), SCMP_SYS(prctl)};

bool add_rules(scmp_filter_ctx filter, bool with_listener) {
  bool ok = true;
  for (const int call : allowed) ok = ok && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
  for (const int call : refused_silently) ok = ok && seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) == 0;
  // Threads yes, processes no. clone3 hides its flags behind a pointer: without it the C library falls back to clone.
  ok = ok && seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
  constexpr scmp_datum_t thread = CLONE_THREAD | CLONE_VM | CLONE_SIGHAND;
  ok = ok &&
       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, thread, thread)) == 0;
  // abort() sends a signal to its own process; no signal goes to another one.
  ok = ok && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                              SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(getpid()))) == 0;
  // Limits may be read (where the stack ends), not set.
  ok = ok && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 2, SCMP_A0(SCMP_CMP_EQ, 0),
                              SCMP_A2(SCMP_CMP_EQ, 0)) == 0;
  // The listener leaves over a socket that closes when the program starts; the program has no other and gets none.
  ok = ok &&
       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sendmsg), 1, SCMP_A0(SCMP_CMP_EQ, handover_descriptor)) == 0;
  // With a listener the jail lets exactly one execve through: the one that starts the program.
  if (!with_listener) ok = ok && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(execve), 0) == 0;
  return ok;
}

Filter load_filter(bool with_listener) {
  Filter result;
  scmp_filter_ctx filter = seccomp_init(with_listener ? SCMP_ACT_NOTIFY : SCMP_ACT_KILL_PROCESS);
  if (!filter) return result;
  if (add_rules(filter, with_listener)) {
    result.error = -seccomp_load(filter);
    result.in_force = result.error == 0;
    if (result.in_force && with_listener) result.listener = seccomp_notify_fd(filter);
  }
  seccomp_release(filter);
  return result;
}

}  // namespace

Filter load_filter() {
  const Filter filter = load_filter(true);
  return filter.in_force ? filter : load_filter(false);
}

}  // namespace gradwalk::jail
