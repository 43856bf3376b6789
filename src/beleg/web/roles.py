"""What an account may do; imports nothing heavy, so that commands start at once."""

from typing import Literal, get_args

Role = Literal["read", "edit", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)  # each may do what those before it may
