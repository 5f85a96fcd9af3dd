export const { h, render, Fragment } = preact;
export const { useState, useEffect, useRef, useMemo } = preactHooks;
