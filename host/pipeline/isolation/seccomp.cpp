// The filter of system calls, as a program for the kernel (seccomp(2)), without a library.
#include <array>
#include <cerrno>
#include <cstddef>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "host/pipeline/isolation/sandbox.hpp"

namespace gleaner::host::isolation {
namespace {

#if defined(__x86_64__)
constexpr unsigned native_calls = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned native_calls = AUDIT_ARCH_AARCH64;
#endif

#if defined(__x86_64__) || defined(__aarch64__)

// Not execve and fork: a component may run programs. Not kill: it may have to end them.
constexpr std::array refused {
  // other processes, and descriptors of theirs
  SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_pidfd_getfd, SYS_kcmp,
      // ways round this filter
      SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register, SYS_setns, SYS_unshare,
      // the file system's shape
      SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_move_mount, SYS_open_tree, SYS_fsopen,
      SYS_fsconfig, SYS_fsmount, SYS_fspick, SYS_open_by_handle_at, SYS_swapon, SYS_swapoff, SYS_quotactl,
      SYS_acct,
      // the kernel's innards
      SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load, SYS_reboot, SYS_bpf,
      SYS_perf_event_open, SYS_userfaultfd, SYS_syslog, SYS_keyctl, SYS_add_key, SYS_request_key,
      // the machine's clock and name
      SYS_settimeofday, SYS_clock_settime, SYS_adjtimex, SYS_clock_adjtime, SYS_sethostname,
      SYS_setdomainname,
#if defined(__x86_64__)
      SYS_kexec_file_load, SYS_iopl, SYS_ioperm, SYS_modify_ldt,
#endif
};

constexpr unsigned new_namespaces =
    CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;

sock_filter load(std::size_t at) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<unsigned>(at));
}
sock_filter answer(int error) {
  return BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<unsigned>(error));
}
/// Passes over the next `skipped` instructions unless the loaded word is `value`.
sock_filter unless(long value, unsigned char skipped) {
  return BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(value), 0, skipped);
}

constexpr std::size_t call_number = offsetof(seccomp_data, nr);
// Both machines are little-endian: the low word of an argument comes first.
constexpr std::size_t first_argument = offsetof(seccomp_data, args);

std::vector<sock_filter> program() {
  std::vector<sock_filter> out;
  const auto add = [&](std::initializer_list<sock_filter> more) { out.insert(out.end(), more); };
  // Calls by the numbers of another machine (32-bit programs) would mean other things.
  add({load(offsetof(seccomp_data, arch)), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, native_calls, 1, 0),
       answer(EPERM), load(call_number)});
#if defined(__x86_64__)
  constexpr unsigned x32 = 0x40000000;
  add({BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, x32, 0, 1), answer(ENOSYS)});
#endif
  for (const long call : refused)
    add({unless(call, 1), answer(EPERM)});
  // clone3 has its flags where a filter cannot look; the C library then takes clone.
  add({unless(SYS_clone3, 1), answer(ENOSYS)});
  add({unless(SYS_clone, 4), load(first_argument), BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, new_namespaces, 0, 1),
       answer(EPERM), load(call_number)});
  add({unless(SYS_socket, 3), load(first_argument), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0),
       answer(EACCES)});
  add({BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)});
  return out;
}

#endif

}  // namespace

std::string refuse_calls() {
#if defined(__x86_64__) || defined(__aarch64__)
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return "it cannot give up privileges to come";
  auto filter = program();
  const sock_fprog whole{static_cast<unsigned short>(filter.size()), filter.data()};
  if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &whole, 0, 0) == 0) return {};
  return "its system calls cannot be filtered: " + std::generic_category().message(errno);
#else
  return "its system calls are not filtered on this kind of machine";
#endif
}

}  // namespace gleaner::host::isolation
