def write(root, run): pass
