"""`python -m casework` is the same program as `casework`."""

from casework.bootstrap import main

if __name__ == "__main__":
    main()
