"""A workflow engine for award approval, to be embedded in other applications."""
