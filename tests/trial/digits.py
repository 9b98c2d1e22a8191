"""Scikit-learn's digits as a log of choices: a class is an arm, and a right class a reward.

The reduction of Dudík et al. 2014 with the parts and seeds of the Open Bandit Pipeline's quick start.
"""

from __future__ import annotations

import numpy as np

from longtake.trial.offpolicy.log import Log

SEED, ARMS = 12345, 10


def reduction() -> tuple[Log, np.ndarray, np.ndarray, float, float]:
    """Return the log, modelled rewards of what was shown and wanted, the model's value, and the truth."""
    from sklearn.datasets import load_digits
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import KFold, train_test_split

    x, y = load_digits(return_X_y=True)
    x_fit, x_log, y_fit, y_log = train_test_split(x, y, test_size=0.7, random_state=SEED)
    row = np.arange(y_log.size)

    def policy(model, trust):
        chance = np.full((row.size, ARMS), (1 - trust) / ARMS)
        chance[row, model.fit(x_fit, y_fit).predict(x_log)] += trust
        return chance

    used = policy(LogisticRegression(max_iter=10000, tol=1e-7, random_state=SEED), 0.8)
    other = policy(RandomForestClassifier(random_state=SEED), 0.9)
    luck = np.random.RandomState(SEED)
    arm = np.array([luck.choice(np.arange(ARMS), p=chance, replace=False) for chance in used])
    reward = (arm == y_log).astype(float)
    expected = np.empty((row.size, ARMS))
    for fit, test in KFold(3, shuffle=True, random_state=SEED).split(x_log):
        model = LogisticRegression(random_state=SEED, max_iter=1000)
        model.fit(np.hstack((x_log[fit], np.eye(ARMS, dtype=int)[arm[fit]])), reward[fit])
        for each in range(ARMS):
            one = np.hstack((x_log[test], np.tile(np.eye(ARMS, dtype=int)[each], (test.size, 1))))
            expected[test, each] = model.predict_proba(one)[:, 1]
    wanted = (other * expected).sum(axis=1)
    log = Log.of(reward, used[row, arm], other[row, arm])
    return log, expected[row, arm], wanted, float(wanted.mean()), float(other[row, y_log].mean())
