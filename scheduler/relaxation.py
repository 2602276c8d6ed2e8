class Relaxation:
    pass
