"""Every error that Youju raises on purpose.

    YoujuError                    message says what to do; the CLI prints it and exits with 2
    ├── UsageError                a flag, setting or request that cannot be used
    │   ├── QuestionError         a question that cannot be asked (blank, too long, not text)
    │   ├── NotFoundError         an id that names nothing in the index
    │   └── AccessError           a request that only the administrator may make
    ├── DocumentError             one file cannot be taken in; the others go on
    │   └── EncodingError         its bytes are no text in any encoding we read
    ├── StoreError                the stored index cannot be used
    │   ├── StoreMissingError     there is none yet
    │   ├── StoreDamagedError     it cannot be read
    │   ├── StoreMismatchError    it was made with another encoder or version
    │   ├── StoreFullError        no space is left on the disk
    │   └── JournalError          the stored conversations cannot be used
    └── ModelError                a model is missing, damaged or of the wrong kind

The CLI and the API turn them into exit statuses and problem+json in one place each.
"""

import errno

_OS_REASONS = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已有同名的文件",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "链接绕成了圈",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "超过了文件大小的限制",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
}


def os_reason(error: OSError) -> str:
    """Turn an operating system's error into Chinese words; its own words where we have none."""
    return _OS_REASONS.get(error.errno or 0) or str(error.strerror or error)


class YoujuError(Exception):
    """Base of all; ``str(error)`` is one clear Chinese sentence on what to do."""


class UsageError(YoujuError):
    """A flag, setting or request that cannot be used."""


class QuestionError(UsageError):
    """A question that cannot be asked."""


class NotFoundError(UsageError):
    """An id that names nothing in the index."""


class AccessError(UsageError):
    """A request that only the administrator may make."""


class DocumentError(YoujuError):
    """A file cannot be taken in."""


class EncodingError(DocumentError):
    """A file's bytes are no text in any encoding we read."""


class StoreError(YoujuError):
    """The stored index cannot be used."""


class StoreMissingError(StoreError):
    """There is no stored index yet."""


class StoreDamagedError(StoreError):
    """The stored index cannot be read."""


class StoreMismatchError(StoreError):
    """The stored index was made with another encoder or version."""


class StoreFullError(StoreError):
    """No space is left on the disk."""


class JournalError(StoreError):
    """The stored conversations cannot be used."""


class ModelError(YoujuError):
    """A model is missing, damaged or of the wrong kind."""
