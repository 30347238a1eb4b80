"""What a process that runs others' queries gives up: sockets, other programs, writing files, boundless memory.

Linux only: a seccomp filter of the kernel's own. Elsewhere the refusal of SERVICE by its tokens stands alone.
Source: seccomp(2); the numbers of system calls from the kernel's tables for x86_64 and aarch64.
"""

import ctypes
import os
import platform
import resource
import struct
import sys

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # EACCES
_NUMBER, _ARCHITECTURE, _THIRD_ARGUMENT, _SECOND_ARGUMENT = 0, 4, 32, 24
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_IO_URING_SETUP = 425
_FIRST_X32 = 0x40000000

_SYSTEMS = {
    # architecture: its audit number, the calls refused (socket, connect, execve, execveat, creat), open, openat
    "x86_64": (0xC000003E, (41, 42, 59, 322, 85), 2, 257),
    "aarch64": (0xC00000B7, (198, 203, 221, 281), None, 56),
}


def lock_down(memory: int | None) -> bool:
    """Give up sockets, programs and writing, and take at most `memory` MiB more than now; None: no limit.

    Shape: whether the kernel holds the process to it.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory is not None and sys.platform == "linux":
        limit = _address_space() + memory * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    system = _SYSTEMS.get(platform.machine())
    return sys.platform == "linux" and system is not None and _install(_program(*system))


def _address_space() -> int:
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[0]) * resource.getpagesize()


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)


def _program(architecture: int, refused: tuple[int, ...], open_call: int | None, openat: int) -> bytes:
    """A filter in classic BPF: everything runs but what is named."""
    program = [
        _instruction(_LOAD, _ARCHITECTURE),
        _instruction(_EQUAL, architecture, 1, 0),
        _instruction(_RETURN, _REFUSE),
        _instruction(_LOAD, _NUMBER),
        _instruction(_AT_LEAST, _FIRST_X32, 0, 1),
        _instruction(_RETURN, _REFUSE),
    ]
    for number in (*refused, _IO_URING_SETUP):
        program += [_instruction(_EQUAL, number, 0, 1), _instruction(_RETURN, _REFUSE)]
    opens = [(openat, _THIRD_ARGUMENT)] + ([(open_call, _SECOND_ARGUMENT)] if open_call is not None else [])
    for number, flags in opens:
        program += [
            _instruction(_EQUAL, number, 0, 4),
            _instruction(_LOAD, flags),
            _instruction(_ANY_BIT, _WRITING, 0, 1),
            _instruction(_RETURN, _REFUSE),
            _instruction(_RETURN, _ALLOW),
        ]
    return b"".join([*program, _instruction(_RETURN, _ALLOW)])


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def _install(program: bytes) -> bool:
    libc = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(program)
    filter_ = _Program(len(program) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(filter_), 0, 0) == 0)
